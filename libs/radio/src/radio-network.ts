import { SLICE_TYPES, type SliceType, type SNssai } from '@ricochet/ran-types';

import { Counters } from './counters.js';
import { DuTasks } from './du-tasks.js';
import { Fading } from './fading.js';
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
import { checkCells, checkNumber, type RadioEvent, TimedEffects } from './radio-event.js';
import { checkOrigin, emptyState, type RadioState } from './radio-state.js';
import { RateModulation } from './rate-modulation.js';
import { Sessions } from './sessions.js';
import { type StateExchange, StateReader, StateWriter } from './state-exchange.js';
import { Tallies } from './tallies.js';
import { bufferBits, Traffic } from './traffic.js';
import { UePopulation } from './ue-population.js';
import { SLICE_COUNT, UeTable } from './ue-table.js';

/** Large-scale period: interference, rates of arrival, handover. */
export const TICK_MS = 10;

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
 * The radio network of some DUs, advanced in slots of 1 ms. A slot: large-scale tick when due → arrivals → MAC
 * and transmission
 * → queues. Everything random comes from streams of `seed`, one per purpose and UE or cell, so that arrivals,
 * mobility,
 * shadowing and fading do not depend on any control. What a DU's task is (mix, load, rates of its UEs: {@link
 * DuTasks}) comes from `taskSeed`, so that one task can be played again with other randomness.
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
  private readonly sessions: Sessions;
  private readonly traffic: Traffic;
  private readonly modulation: RateModulation;
  private readonly mac: Mac;
  private readonly effects = new TimedEffects();
  private readonly population: UePopulation;
  private readonly kpis: KpiCollector;
  private readonly usage: Float64Array;
  private readonly noiseRiseDb: Float64Array;
  private wasNoisy = false;
  private readonly configText: string;

  constructor(
    readonly config: RadioConfig,
    readonly seed: number,
    readonly taskSeed = seed,
  ) {
    const ues = new UeTable(config.cells, config.uesPerCell + config.spareUesPerCell);
    this.ues = ues;
    this.cellCount = config.cells;
    this.ueCapacity = ues.capacity;
    this.slices = SLICE_TYPES.map((type) => ({ snssai: config.slices[type].snssai, type }));
    this.tasks = new DuTasks(config, ues, taskSeed);
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
    const source = { ues, counters: this.counters, queue: this.queue, shares: this.mac.shares };
    this.kpis = new KpiCollector(source, config);
    this.tallies = new Tallies(this.counters, ues);
    this.usage = new Float64Array(config.cells);
    this.noiseRiseDb = new Float64Array(config.cells);
    this.population = new UePopulation(config, {
      ues,
      sessions: this.sessions,
      tasks: this.tasks,
      mobility: this.mobility,
      largeScale: this.largeScale,
      fading: this.fading,
      link: this.link,
      queue: this.queue,
      traffic: this.traffic,
      counters: this.counters,
      mac: this.mac,
    });
    this.configText = JSON.stringify(config);
    this.setDefaults();
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
      SLICE_TYPES.forEach((type, slice) => {
        this.mac.shares.set(cell * SLICE_COUNT + slice, config.slices[type].quota);
        this.mac.policy[cell * SLICE_COUNT + slice] = POLICIES.indexOf(config.slices[type].policy);
      });
    }
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
      this.population.runSessions(nowMs);
      if (nowMs > 0) {
        this.mobility.step(nowMs);
        this.largeScale.update(MOBILITY_PERIOD_MS);
      }
    }
    this.population.runHandover(nowMs);
    this.updateNoise(nowMs);
    this.updateUsage();
    this.link.updateInterference(this.usage);
    this.link.update(true);
    this.modulation.update(nowMs);
    this.effects.scaleRates(nowMs, this.modulation.factor);
    this.traffic.update(nowMs, this.modulation.factor);
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
   * RRMPolicyRatio of a slice, integer percent, from the next slot on. Slices are set one after the other, so a
   * sum of minima above
   * 100 is allowed for the moment: the carrier is then given out in slice order.
   */
  setSliceQuota(cell: number, sliceIndex: number, quota: SliceQuota): void {
    const group = this.groupOf(cell, sliceIndex);
    const { minRatio, maxRatio, dedicatedRatio } = quota;
    for (const key of ['minRatio', 'maxRatio', 'dedicatedRatio'] as const) {
      const value = quota[key];
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
        for (const cell of cells) this.population.change(cell, event, this.slot);
        return;
      case 'mobility':
        this.population.changeSpeeds(cells, event);
        return;
      case 'interference':
        this.effects.addNoise(event, cells, this.slot);
        return;
      default:
        throw new RadioConfigError('event.kind', `${String((event as { kind: unknown }).kind)} is not known`);
    }
  }

  /** Opens a window on the KPIs of each `periodMs`, the first period starting now. Never changes the radio. */
  openWindow(periodMs: number): KpiWindow {
    return this.kpis.open(periodMs, () => this.slot);
  }

  /**
   * Copies out all that changes, so that {@link restore} can go back to now. Reuses the memory of `into`, an earlier
   * state of this network.
   *
   * @throws RadioConfigError when `into` is of another network
   */
  save(into?: RadioState): RadioState {
    const { origin } = this;
    if (into !== undefined) checkOrigin(into, origin);
    const state = into ?? emptyState(origin);
    state.origin = origin;
    this.exchange(new StateWriter(state), origin.windowsMs.length);
    return state;
  }

  /**
   * Goes back to a saved state, any number of times: from there on everything happens as it did, to the bit, KPIs of
   * open windows included. The windows that were open then must be open, opened in the same order; those opened since
   * begin anew.
   *
   * @throws RadioConfigError when the state is of another network
   */
  restore(state: RadioState): void {
    checkOrigin(state, this.origin);
    this.exchange(new StateReader(state), state.origin.windowsMs.length);
  }

  private get origin(): RadioState['origin'] {
    const { configText, seed, taskSeed } = this;
    return { config: configText, seed, taskSeed, windowsMs: this.kpis.periodsMs };
  }

  private exchange(state: StateExchange, windowCount: number): void {
    this.slot = state.number(this.slot);
    this.wasNoisy = state.number(Number(this.wasNoisy)) === 1;
    this.ues.exchange(state);
    this.sessions.exchange(state);
    this.mobility.exchange(state);
    this.largeScale.exchange(state);
    this.fading.exchange(state);
    this.counters.exchange(state);
    this.link.exchange(state);
    this.queue.exchange(state);
    this.traffic.exchange(state);
    this.modulation.exchange(state);
    this.mac.exchange(state);
    this.effects.exchange(state);
    this.population.exchange(state);
    this.kpis.exchange(state, windowCount);
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
