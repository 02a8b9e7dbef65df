import { SLICE_TYPES, type SliceType, type SNssai } from '@ricochet/ran-types';

import { Counters } from './counters.js';
import { DuTasks } from './du-tasks.js';
import { Fading } from './fading.js';
import { Handover } from './handover.js';
import { KpiCollector } from './kpi-collector.js';
import { type KpiWindow } from './kpi-window.js';
import { LargeScale } from './large-scale.js';
import { Layout } from './layout.js';
import { Link } from './link.js';
import { Mac, POLICIES } from './mac.js';
import { Mobility, MOBILITY_PERIOD_MS } from './mobility.js';
import { PacketQueue } from './packet-queue.js';
import { type RadioConfig, type SlicePolicy, type SliceQuota } from './radio-config.js';
import { RadioConfigError } from './radio-config.error.js';
import { checkCells, checkNumber, type RadioEvent, sliceIndexOf, TimedEffects } from './radio-event.js';
import { RateModulation } from './rate-modulation.js';
import { Sessions } from './sessions.js';
import { Tallies } from './tallies.js';
import { bufferBits, Traffic } from './traffic.js';
import { SLICE_COUNT, UeTable } from './ue-table.js';

/** Large-scale period: interference, rates of arrival, handover. */
export const TICK_MS = 10;
const PLACE_ATTEMPTS = 100;

export interface SliceInfo {
  readonly snssai: SNssai;
  readonly type: SliceType;
}

export interface UeInfo {
  /** Index over all cells, stable for the life of the network. */
  readonly ueIndex: number;
  /** Identity within the gNB-DU: stable, and unique over all cells so that it survives a handover. */
  readonly ueId: number;
  readonly sliceIndex: number;
  /** Connected at present; others have left (or are away). */
  readonly active: boolean;
  readonly xM: number;
  readonly yM: number;
}

/**
 * The radio network of some DUs, advanced in slots of 1 ms. A slot: large-scale tick when due → arrivals → MAC and transmission
 * → queues. Everything random comes from streams of `seed`, one per purpose and UE or cell, so that arrivals, mobility,
 * shadowing and fading do not depend on any control.
 */
export class RadioNetwork {
  readonly cellCount: number;
  readonly sliceCount = SLICE_COUNT;
  /** Order: eMBB, mMTC, URLLC. */
  readonly slices: readonly SliceInfo[];
  /** Places for UEs, active or not: UE indices are below it. */
  readonly ueCapacity: number;
  readonly tallies: Tallies;
  private slot = 0;
  private readonly ues: UeTable;
  private readonly layout: Layout;
  private readonly mobility: Mobility;
  private readonly largeScale: LargeScale;
  private readonly fading: Fading;
  private readonly link: Link;
  private readonly queue: PacketQueue;
  private readonly counters: Counters;
  private readonly tasks: DuTasks;
  private readonly traffic: Traffic;
  private readonly modulation: RateModulation;
  private readonly mac: Mac;
  private readonly effects = new TimedEffects();
  private readonly sessions: Sessions;
  private readonly handover: Handover | undefined;
  private readonly kpis: KpiCollector;
  private readonly usage: Float64Array;
  private readonly noiseRiseDb: Float64Array;
  private wasNoisy = false;
  private regroupDue = false;

  constructor(
    readonly config: RadioConfig,
    readonly seed: number,
  ) {
    const ues = new UeTable(config.cells, config.uesPerCell + config.spareUesPerCell);
    this.ues = ues;
    this.cellCount = config.cells;
    this.ueCapacity = ues.capacity;
    this.slices = SLICE_TYPES.map((type) => ({ snssai: config.slices[type].snssai, type }));
    this.tasks = new DuTasks(config, ues, seed);
    this.sessions = new Sessions(ues, this.tasks.profiles, seed);
    ues.regroup();
    this.layout = new Layout(config.cells, config.layout);
    const { minDistanceM } = config.layout;
    this.mobility = new Mobility(ues, this.layout, { config: config.mobility, minDistanceM, seed });
    const place = { layout: this.layout, mobility: this.mobility };
    this.largeScale = new LargeScale(ues, place, { config, seed });
    const { carrierGhz } = config.channel;
    this.fading = new Fading(ues.capacity, { ...config.channel.fading, carrierGhz }, seed);
    this.counters = new Counters(ues.capacity, ues.groups, config.cells);
    this.link = new Link(config, ues, {
      largeScale: this.largeScale,
      fading: this.fading,
      counters: this.counters,
    });
    this.queue = new PacketQueue(ues.capacity, this.longestQueue(), this.counters);
    this.traffic = new Traffic(
      ues,
      { tasks: this.tasks, queue: this.queue, counters: this.counters },
      { config, seed },
    );
    this.modulation = new RateModulation(ues.groups, config.traffic, seed);
    const macParts = { link: this.link, queue: this.queue, counters: this.counters };
    this.mac = new Mac(ues, macParts, { config, seed });
    this.handover =
      config.handover === false ? undefined : new Handover(ues, this.largeScale, config.handover);
    const source = { ues, counters: this.counters, queue: this.queue, shares: this.mac.shares };
    this.kpis = new KpiCollector(source, config);
    this.tallies = new Tallies(this.counters, ues);
    this.usage = new Float64Array(config.cells);
    this.noiseRiseDb = new Float64Array(config.cells);
    this.setDefaults();
    for (let ue = 0; ue < ues.capacity; ue++) this.settle(ue);
  }

  /** A UE stands where its home cell is the strongest: with random shadowing other places are drawn anew. */
  private settle(ue: number): void {
    this.largeScale.refresh(ue);
    for (let attempt = 0; attempt < PLACE_ATTEMPTS; attempt++) {
      if (this.largeScale.strongestCell(ue) === this.mobility.home[ue]) return;
      this.mobility.place(ue);
      this.largeScale.drawPlace(ue, this.config.channel);
      this.largeScale.refresh(ue);
    }
  }

  private longestQueue(): number {
    let longest = 0;
    for (let slice = 0; slice < SLICE_COUNT; slice++) {
      const config = this.config.slices[SLICE_TYPES[slice] ?? 'eMBB'];
      for (let ue = 0; ue < this.ues.capacity; ue++) {
        const rate = this.tasks.rateBitsPerMs[ue * SLICE_COUNT + slice] as number;
        const least =
          config.model === 'xr' ? (0.5 * rate * 1000) / config.frameRateHz : config.packetBytes * 8;
        if (least > 0) longest = Math.max(longest, bufferBits(config, rate) / least);
      }
    }
    return Math.ceil(longest) + 1;
  }

  private setDefaults(): void {
    const { config } = this;
    for (let cell = 0; cell < config.cells; cell++) {
      const range = this.speedRange(cell, config.mobility);
      for (let ue = cell * this.ues.perCell; ue < (cell + 1) * this.ues.perCell; ue++)
        this.drawSpeed(ue, range);
      SLICE_TYPES.forEach((type, slice) => {
        this.mac.shares.set(cell * SLICE_COUNT + slice, config.slices[type].quota);
        this.mac.policy[cell * SLICE_COUNT + slice] = POLICIES.indexOf(config.slices[type].policy);
      });
    }
  }

  private speedRange(
    cell: number,
    { speedMinMps, speedMaxMps }: { speedMinMps: number; speedMaxMps: number },
  ): readonly [number, number] {
    const factor = this.tasks.profiles[cell]?.speedFactor ?? 1;
    return [speedMinMps * factor, speedMaxMps * factor];
  }

  private drawSpeed(ue: number, range: readonly [number, number]): void {
    this.mobility.drawSpeed(ue, range);
    this.fading.setSpeed(ue, this.mobility.speedMps[ue] as number);
  }

  /** Simulation time: slots done, of 1 ms each. */
  get timeMs(): number {
    return this.slot;
  }

  /** Simulates whole slots. */
  advance(slots: number): void {
    const { traffic, mac, link } = this;
    const fadingPeriodMs = this.config.channel.fading.periodMs;
    const end = this.slot + slots;
    for (let slot = this.slot; slot < end; slot++) {
      this.slot = slot;
      if (slot % TICK_MS === 0) this.tick(slot);
      else if (slot % fadingPeriodMs === 0) link.update(false);
      traffic.arrive(slot);
      mac.slot(slot);
    }
    this.slot = end;
  }

  private tick(nowMs: number): void {
    if (nowMs % MOBILITY_PERIOD_MS === 0) {
      this.runSessions(nowMs);
      this.regroupIfDue();
      if (nowMs > 0) {
        this.mobility.step(nowMs);
        this.largeScale.update(MOBILITY_PERIOD_MS);
      }
    }
    if (this.handover !== undefined) this.runHandover(nowMs, this.handover);
    this.regroupIfDue();
    this.updateNoise(nowMs);
    this.updateUsage();
    this.link.updateInterference(this.usage);
    this.link.update(true);
    this.modulation.update(nowMs);
    this.effects.scaleRates(nowMs, this.modulation.factor);
    this.traffic.update(nowMs, this.modulation.factor);
  }

  private regroupIfDue(): void {
    if (!this.regroupDue) return;
    this.ues.regroup();
    this.regroupDue = false;
  }

  private updateUsage(): void {
    const { usage, mac, config } = this;
    const { interference } = config.channel;
    for (let cell = 0; cell < usage.length; cell++) {
      const used = (mac.usedPrbs[cell] as number) / (config.prbsPerCell * TICK_MS);
      const full = interference === 'full' ? 1 : used;
      usage[cell] = interference === 'none' || mac.isOn[cell] === 0 ? 0 : full;
      mac.usedPrbs[cell] = 0;
    }
  }

  private updateNoise(nowMs: number): void {
    if (!this.effects.hasNoise && !this.wasNoisy) return;
    this.effects.sumNoise(nowMs, this.noiseRiseDb);
    for (let cell = 0; cell < this.cellCount; cell++) {
      this.link.setNoiseRise(cell, this.noiseRiseDb[cell] as number);
    }
    this.wasNoisy = this.effects.hasNoise;
  }

  private runSessions(nowMs: number): void {
    for (let ue = 0; ue < this.ues.capacity; ue++) {
      if (!this.sessions.isDue(ue, nowMs)) continue;
      if (this.ues.active[ue] === 1) this.depart(ue);
      else this.join(ue, this.ues.slice[ue] as number);
      this.sessions.changed(ue, nowMs);
    }
  }

  private runHandover(nowMs: number, handover: Handover): void {
    const { order, activeCount, serving } = this.ues;
    for (let i = 0; i < activeCount; i++) {
      const ue = order[i] as number;
      if (this.ues.active[ue] === 0) continue;
      const target = handover.target(ue, nowMs, this.mac.isOn);
      if (target < 0) continue;
      const from = serving[ue] as number;
      this.counters.move(ue, this.ues.groupOf(ue), 1);
      this.mac.harq?.handOver(from, target, ue);
      serving[ue] = target;
      this.counters.move(ue, this.ues.groupOf(ue), -1);
      this.regroupDue = true;
    }
  }

  private depart(ue: number): void {
    this.queue.flush(ue);
    this.mac.harq?.flush(this.ues.serving[ue] as number, ue);
    this.counters.move(ue, this.ues.groupOf(ue), 1);
    this.ues.active[ue] = 0;
    this.regroupDue = true;
  }

  private join(ue: number, slice: number): void {
    const home = Math.floor(ue / this.ues.perCell);
    this.ues.slice[ue] = slice;
    this.ues.serving[ue] = home;
    this.ues.active[ue] = 1;
    this.ues.known[ue] = 1;
    this.mobility.home[ue] = home;
    this.mobility.place(ue);
    this.largeScale.drawPlace(ue, this.config.channel);
    this.settle(ue);
    this.link.suspend(ue);
    this.traffic.start(ue, this.slot);
    this.counters.move(ue, this.ues.groupOf(ue), -1);
    this.regroupDue = true;
  }

  /** The UEs that a cell serves, and those last served by it that have left. Allocates: not for hot loops. */
  uesOf(cell: number): readonly UeInfo[] {
    this.checkCell(cell);
    const infos: UeInfo[] = [];
    for (let ue = 0; ue < this.ues.capacity; ue++) {
      if (this.ues.serving[ue] === cell && this.ues.known[ue] === 1) infos.push(this.ueInfo(ue));
    }
    return infos;
  }

  ueInfo(ueIndex: number): UeInfo {
    const home = this.mobility.home[ueIndex] as number;
    return {
      ueIndex,
      ueId: ueIndex,
      sliceIndex: this.ues.slice[ueIndex] as number,
      active: this.ues.active[ueIndex] === 1,
      xM: (this.layout.siteX[home] as number) + (this.mobility.x[ueIndex] as number),
      yM: (this.layout.siteY[home] as number) + (this.mobility.y[ueIndex] as number),
    };
  }

  /** Site of a cell. */
  siteOf(cell: number): { readonly xM: number; readonly yM: number } {
    this.checkCell(cell);
    return { xM: this.layout.siteX[cell] as number, yM: this.layout.siteY[cell] as number };
  }

  /** [UEs] serving cell, slice, and whether active: live views, for reading only. */
  get servingCells(): Int32Array {
    return this.ues.serving;
  }

  get sliceOfUe(): Uint8Array {
    return this.ues.slice;
  }

  get activeUes(): Uint8Array {
    return this.ues.active;
  }

  /** Active UEs of a slice, in order of index: a live view until UEs come, go or hand over. */
  membersOf(cell: number, sliceIndex: number): Int32Array {
    const group = this.groupOf(cell, sliceIndex);
    return this.ues.order.subarray(this.ues.starts[group], this.ues.starts[group + 1]);
  }

  /** [cells] PRBs used in the last slot: a live view. */
  get slotPrbs(): Int32Array {
    return this.mac.slotPrbs;
  }

  isCellOn(cell: number): boolean {
    this.checkCell(cell);
    return this.mac.isOn[cell] === 1;
  }

  /**
   * RRMPolicyRatio of a slice, integer percent, from the next slot on. Slices are set one after the other, so a sum of minima above
   * 100 is allowed for the moment: the carrier is then given out in slice order.
   */
  setSliceQuota(cell: number, sliceIndex: number, quota: SliceQuota): void {
    const group = this.groupOf(cell, sliceIndex);
    const { minRatio, maxRatio, dedicatedRatio } = quota;
    for (const [key, value] of Object.entries({ minRatio, maxRatio, dedicatedRatio })) {
      if (!Number.isInteger(value) || value < 0 || value > 100) {
        throw new RadioConfigError(`quota.${key}`, `must be an integer from 0 to 100, not ${String(value)}`);
      }
    }
    if (dedicatedRatio > minRatio || minRatio > maxRatio) {
      throw new RadioConfigError(
        'quota',
        `dedicated ${dedicatedRatio} ≤ min ${minRatio} ≤ max ${maxRatio} must hold`,
      );
    }
    this.mac.shares.set(group, quota);
  }

  sliceQuota(cell: number, sliceIndex: number): SliceQuota {
    const group = this.groupOf(cell, sliceIndex);
    const { minRatio, maxRatio, dedicatedRatio } = this.mac.shares;
    return {
      minRatio: minRatio[group] as number,
      maxRatio: maxRatio[group] as number,
      dedicatedRatio: dedicatedRatio[group] as number,
    };
  }

  /**
   * Scheduling weight of a UE (1 at first), from the next slot on; puts the UE's slice under the `weights` policy.
   * Weights count relative to those of the other UEs of the slice with data.
   */
  setUeWeight(ueIndex: number, weight: number): void {
    if (!(ueIndex >= 0 && ueIndex < this.ueCapacity))
      throw new RadioConfigError('ueIndex', `${ueIndex} is no UE`);
    checkNumber(weight, 0, 'weight');
    this.mac.setWeight(ueIndex, weight);
    this.mac.policy[this.ues.groupOf(ueIndex)] = POLICIES.indexOf('weights');
  }

  ueWeight(ueIndex: number): number {
    return this.mac.weight(ueIndex);
  }

  setSlicePolicy(cell: number, sliceIndex: number, policy: SlicePolicy): void {
    const code = POLICIES.indexOf(policy);
    if (code < 0) throw new RadioConfigError('policy', `${String(policy)} is not a known policy`);
    this.mac.policy[this.groupOf(cell, sliceIndex)] = code;
  }

  slicePolicy(cell: number, sliceIndex: number): SlicePolicy {
    return POLICIES[this.mac.policy[this.groupOf(cell, sliceIndex)] as number] ?? 'weights';
  }

  /** Mean offered load that a slice was given, Mbit/s, before modulation and surges. */
  meanLoadMbps(cell: number, sliceIndex: number): number {
    return (this.tasks.loadBitsPerMs[this.groupOf(cell, sliceIndex)] as number) / 1000;
  }

  /** Lets a scenario event happen now. @throws RadioConfigError for a cell, slice or number that can not be */
  apply(event: RadioEvent): void {
    const cells = checkCells(
      event.cells ?? Array.from({ length: this.cellCount }, (_, i) => i),
      this.cellCount,
      'event.cells',
    );
    switch (event.kind) {
      case 'surge':
        this.effects.addSurge(event, cells, this.slot);
        return;
      case 'cell-off':
      case 'cell-on':
        for (const cell of cells) this.mac.isOn[cell] = event.kind === 'cell-on' ? 1 : 0;
        return;
      case 'ue-arrival':
      case 'ue-departure':
        for (const cell of cells) this.changeUes(cell, event);
        return;
      case 'mobility':
        this.changeSpeeds(cells, event);
        return;
      case 'interference':
        this.effects.addNoise(event, this.slot);
        return;
      default:
        throw new RadioConfigError('event.kind', `${String((event as { kind: unknown }).kind)} is not known`);
    }
  }

  private changeSpeeds(cells: readonly number[], range: { speedMinMps: number; speedMaxMps: number }): void {
    checkNumber(range.speedMinMps, 0, 'event.speedMinMps');
    checkNumber(range.speedMaxMps, range.speedMinMps, 'event.speedMaxMps');
    for (let ue = 0; ue < this.ues.capacity; ue++) {
      if (!cells.includes(this.ues.serving[ue] as number)) continue;
      this.drawSpeed(ue, [range.speedMinMps, range.speedMaxMps]);
    }
  }

  private changeUes(
    cell: number,
    { kind, slice: type, count }: { kind: 'ue-arrival' | 'ue-departure'; slice: SliceType; count: number },
  ): void {
    const slice = sliceIndexOf(type, 'event.slice');
    if (!Number.isInteger(count) || count < 0)
      throw new RadioConfigError('event.count', 'must be an integer of at least 0');
    const chosen = kind === 'ue-departure' ? this.leaving(cell, slice) : this.joining(cell, slice);
    if (chosen.length < count) {
      const hint = kind === 'ue-arrival' ? ' places left (spareUesPerCell)' : ` ${type} UEs`;
      throw new RadioConfigError('event.count', `${count}: cell ${cell} has only ${chosen.length}${hint}`);
    }
    for (const ue of chosen.slice(0, count)) {
      if (kind === 'ue-departure') this.depart(ue);
      else this.join(ue, slice);
    }
    this.regroupIfDue();
  }

  private leaving(cell: number, slice: number): readonly number[] {
    return [...this.membersOf(cell, slice)];
  }

  /** Places of a cell: first those that a UE of the slice has left, then those never used, then the others. */
  private joining(cell: number, slice: number): readonly number[] {
    const { active, known, slice: sliceOf, perCell } = this.ues;
    const rank = (ue: number): number => (known[ue] === 0 ? 1 : sliceOf[ue] === slice ? 0 : 2);
    return Array.from({ length: perCell }, (_, k) => cell * perCell + k)
      .filter((ue) => active[ue] === 0)
      .sort((a, b) => rank(a) - rank(b) || a - b);
  }

  /** Opens a window on the KPIs of each `periodMs`, the first period starting now. Never changes the radio. */
  openWindow(periodMs: number): KpiWindow {
    return this.kpis.open(periodMs, () => this.slot);
  }

  private checkCell(cell: number): void {
    checkCells([cell], this.cellCount, 'cell');
  }

  private groupOf(cell: number, sliceIndex: number): number {
    if (!(cell >= 0 && cell < this.cellCount && Number.isInteger(cell))) this.checkCell(cell);
    if (!(sliceIndex >= 0 && sliceIndex < SLICE_COUNT && Number.isInteger(sliceIndex))) {
      throw new RadioConfigError('sliceIndex', `${sliceIndex} is not 0, 1 or 2`);
    }
    return cell * SLICE_COUNT + sliceIndex;
  }
}
