import { type SliceType } from '@ricochet/ran-types';

import { type Counters } from './counters.js';
import { type DuTasks } from './du-tasks.js';
import { type Fading } from './fading.js';
import { Handover } from './handover.js';
import { type LargeScale } from './large-scale.js';
import { type Link } from './link.js';
import { type Mac } from './mac.js';
import { type Mobility } from './mobility.js';
import { type PacketQueue } from './packet-queue.js';
import { type RadioConfig } from './radio-config.js';
import { RadioConfigError } from './radio-config.error.js';
import { checkNumber, sliceIndexOf, type UeCountEvent } from './radio-event.js';
import { type Sessions } from './sessions.js';
import { type StateExchange } from './state-exchange.js';
import { type Traffic } from './traffic.js';
import { type UeTable } from './ue-table.js';

const PLACE_ATTEMPTS = 100;

export interface PopulationParts {
  readonly ues: UeTable;
  readonly sessions: Sessions;
  readonly tasks: DuTasks;
  readonly mobility: Mobility;
  readonly largeScale: LargeScale;
  readonly fading: Fading;
  readonly link: Link;
  readonly queue: PacketQueue;
  readonly traffic: Traffic;
  readonly counters: Counters;
  readonly mac: Mac;
}

/** Speed range of a mobility event or configuration. */
interface SpeedRange {
  readonly speedMinMps: number;
  readonly speedMaxMps: number;
}

/** UEs that settle, join, depart, hand over and change speed: whatever touches all the state of one UE. */
export class UePopulation {
  private readonly handover: Handover | undefined;
  private regroupDue = false;

  constructor(
    private readonly config: RadioConfig,
    private readonly parts: PopulationParts,
  ) {
    const { ues, tasks, largeScale } = parts;
    this.handover = config.handover === false ? undefined : new Handover(ues, largeScale, config.handover);
    const { speedMinMps, speedMaxMps } = config.mobility;
    for (let ue = 0; ue < ues.capacity; ue++) {
      const factor = tasks.profiles[ues.serving[ue] as number]?.speedFactor ?? 1;
      this.drawSpeed(ue, { speedMinMps: speedMinMps * factor, speedMaxMps: speedMaxMps * factor });
      this.settle(ue);
    }
  }

  exchange(state: StateExchange): void {
    this.handover?.exchange(state);
  }

  private drawSpeed(ue: number, { speedMinMps, speedMaxMps }: SpeedRange): void {
    const { mobility, fading } = this.parts;
    mobility.drawSpeed(ue, [speedMinMps, speedMaxMps]);
    fading.setSpeed(ue, mobility.speedMps[ue] as number);
  }

  /** A UE stands where its home cell is the strongest: with random shadowing other places are drawn anew. */
  private settle(ue: number): void {
    const { largeScale, mobility } = this.parts;
    largeScale.refresh(ue);
    for (let attempt = 0; attempt < PLACE_ATTEMPTS; attempt++) {
      if (largeScale.strongestCell(ue) === mobility.home[ue]) return;
      mobility.place(ue);
      largeScale.drawPlace(ue, this.config.channel);
      largeScale.refresh(ue);
    }
  }

  private regroupIfDue(): void {
    if (!this.regroupDue) return;
    this.parts.ues.regroup();
    this.regroupDue = false;
  }

  /** UEs that come and go of themselves. */
  runSessions(nowMs: number): void {
    const { ues, sessions } = this.parts;
    for (let ue = 0; ue < ues.capacity; ue++) {
      if (!sessions.isDue(ue, nowMs)) continue;
      if (ues.active[ue] === 1) this.depart(ue);
      else this.join(ue, ues.slice[ue] as number, nowMs);
      sessions.changed(ue, nowMs);
    }
    this.regroupIfDue();
  }

  runHandover(nowMs: number): void {
    const { handover } = this;
    if (handover === undefined) return;
    const { ues, mac } = this.parts;
    for (let i = 0; i < ues.activeCount; i++) {
      const ue = ues.order[i] as number;
      const target = handover.target(ue, nowMs, mac.isOn);
      if (target >= 0) this.move(ue, target);
    }
    this.regroupIfDue();
  }

  /** Data and HARQ go along to the target (TS 38.300 clause 9.2.3.2: data forwarding). */
  private move(ue: number, target: number): void {
    const { ues, counters, mac } = this.parts;
    counters.move(ue, ues.groupOf(ue), 1);
    mac.transmitter.harq?.handOver(ues.serving[ue] as number, target, ue);
    ues.serving[ue] = target;
    counters.move(ue, ues.groupOf(ue), -1);
    this.regroupDue = true;
  }

  private depart(ue: number): void {
    const { ues, queue, counters, mac } = this.parts;
    queue.flush(ue);
    mac.transmitter.harq?.flush(ues.serving[ue] as number, ue);
    counters.move(ue, ues.groupOf(ue), 1);
    ues.active[ue] = 0;
    this.regroupDue = true;
  }

  private join(ue: number, slice: number, nowMs: number): void {
    const { ues, mobility, largeScale, link, traffic, counters } = this.parts;
    const home = Math.floor(ue / ues.perCell);
    ues.slice[ue] = slice;
    ues.serving[ue] = home;
    ues.active[ue] = 1;
    ues.known[ue] = 1;
    mobility.home[ue] = home;
    mobility.place(ue);
    largeScale.drawPlace(ue, this.config.channel);
    this.settle(ue);
    link.suspend(ue);
    traffic.start(ue, nowMs);
    counters.move(ue, ues.groupOf(ue), -1);
    this.regroupDue = true;
  }

  /** @throws RadioConfigError when the range is none */
  changeSpeeds(cells: readonly number[], range: SpeedRange): void {
    checkNumber(range.speedMinMps, 0, 'event.speedMinMps');
    checkNumber(range.speedMaxMps, range.speedMinMps, 'event.speedMaxMps');
    const { ues } = this.parts;
    for (let ue = 0; ue < ues.capacity; ue++) {
      if (cells.includes(ues.serving[ue] as number)) this.drawSpeed(ue, range);
    }
  }

  /** @throws RadioConfigError when the cell has not as many UEs, or places */
  change(cell: number, event: UeCountEvent, nowMs: number): void {
    const { kind, slice: type, count } = event;
    const slice = this.checkedSlice(type, count);
    const chosen = kind === 'ue-departure' ? this.leaving(cell, slice) : this.joining(cell, slice);
    if (chosen.length < count) {
      const hint = kind === 'ue-arrival' ? ' places left (spareUesPerCell)' : ` ${type} UEs`;
      throw new RadioConfigError('event.count', `${count}: cell ${cell} has only ${chosen.length}${hint}`);
    }
    for (const ue of chosen.slice(0, count)) {
      if (kind === 'ue-departure') this.depart(ue);
      else this.join(ue, slice, nowMs);
    }
    this.regroupIfDue();
  }

  private checkedSlice(type: SliceType, count: number): number {
    if (!Number.isInteger(count) || count < 0) {
      throw new RadioConfigError('event.count', `must be an integer of at least 0, not ${String(count)}`);
    }
    return sliceIndexOf(type, 'event.slice');
  }

  private leaving(cell: number, slice: number): readonly number[] {
    const { order, starts } = this.parts.ues;
    const group = this.parts.ues.groupAt(cell, slice);
    return [...order.subarray(starts[group], starts[group + 1])];
  }

  /** Places of a cell: first those that a UE of the slice has left, then those never used, then the others. */
  private joining(cell: number, slice: number): readonly number[] {
    const { active, known, slice: sliceOf, perCell } = this.parts.ues;
    const rank = (ue: number): number => (known[ue] === 0 ? 1 : sliceOf[ue] === slice ? 0 : 2);
    return Array.from({ length: perCell }, (_, k) => cell * perCell + k)
      .filter((ue) => active[ue] === 0)
      .sort((a, b) => rank(a) - rank(b) || a - b);
  }
}
