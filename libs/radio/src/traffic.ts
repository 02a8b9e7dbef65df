import { SLICE_TYPES } from '@ricochet/ran-types';

import { type Counters, FIELD, FIELD_BITS } from './counters.js';
import { type DuTasks } from './du-tasks.js';
import { LATE, type PacketQueue } from './packet-queue.js';
import { type RadioConfig, type SliceConfig, type TrafficModel } from './radio-config.js';
import { RandomStreams, STREAM } from './random-streams.js';
import { exponentialOf } from './random-tables.js';
import { type StateExchange } from './state-exchange.js';
import { SLICE_COUNT, type UeTable } from './ue-table.js';

const MODEL: Readonly<Record<TrafficModel, number>> = { poisson: 0, ftp3: 0, periodic: 1, sparse: 2, xr: 3 };
const FEWEST_PACKETS_BUFFERED = 8;

/** Size of a buffer: `bufferMs` at `bufferFactor` times the mean rate, never less than a few packets. */
export function bufferBits(slice: SliceConfig, rateBitsPerMs: number): number {
  const packet = slice.packetBytes * 8 * (slice.model === 'xr' ? 0 : 1);
  const frame = slice.model === 'xr' ? (1.5 * rateBitsPerMs * 1000) / slice.frameRateHz : packet;
  return Math.max(FEWEST_PACKETS_BUFFERED * frame, slice.bufferMs * slice.bufferFactor * rateBitsPerMs);
}

/**
 * Packet arrivals. Each UE holds a `credit`, drawn in units of expected packets, that falls by `rate` (packets
 * a slot)
 * every slot; at or below zero a packet arrives and the next credit is drawn. This is the time change of a
 * modulated process, so one scheme carries all the models, and a slot without arrivals costs a subtraction:
 *
 * `poisson`, `ftp3`: credit exponential with mean 1. `periodic`: 1. `sparse`: uniform in 0.5 … 1.5 reports.
 * `xr`: 1 plus the difference of two jitters; frame size truncated Gaussian (TR 38.838).
 * On-off sources send at rate/p_on while on. Rates change every 10 ms. One stream per UE and purpose.
 */
export class Traffic {
  /** [UEs] packets a slot at present. */
  readonly rate: Float64Array;
  private readonly credit: Float64Array;
  private readonly isOn: Uint8Array;
  private readonly toggleMs: Float64Array;
  private readonly jitter: Float64Array;
  private readonly frameBits: Float64Array;
  private readonly arrivals: RandomStreams;
  private readonly onOff: RandomStreams;
  private readonly slices: readonly SliceConfig[];
  /** [3] by slice */
  private readonly model: Uint8Array;
  private readonly packetBits: Float64Array;
  private readonly reportPackets: Int32Array;

  constructor(
    private readonly ues: UeTable,
    private readonly parts: { tasks: DuTasks; queue: PacketQueue; counters: Counters },
    { config, seed }: { config: RadioConfig; seed: number },
  ) {
    const n = ues.capacity;
    this.slices = SLICE_TYPES.map((type) => config.slices[type]);
    this.model = Uint8Array.from(this.slices, (slice) => MODEL[slice.model]);
    this.packetBits = Float64Array.from(this.slices, (slice) => slice.packetBytes * 8);
    this.reportPackets = Int32Array.from(this.slices, (s) => (s.model === 'sparse' ? s.reportPackets : 1));
    this.rate = new Float64Array(n);
    this.credit = new Float64Array(n);
    this.isOn = new Uint8Array(n).fill(1);
    this.toggleMs = new Float64Array(n).fill(Infinity);
    this.jitter = new Float64Array(n);
    this.frameBits = new Float64Array(n);
    this.arrivals = new RandomStreams(n, seed, STREAM.arrivals);
    this.onOff = new RandomStreams(n, seed, STREAM.onOff);
    for (let ue = 0; ue < n; ue++) this.start(ue, 0);
  }

  exchange(state: StateExchange): void {
    state.array(this.rate);
    state.array(this.credit);
    state.array(this.isOn);
    state.array(this.toggleMs);
    state.array(this.jitter);
    state.array(this.frameBits);
    state.array(this.arrivals.state);
    state.array(this.onOff.state);
  }

  /** A UE starts to send: draws its first state and sizes its buffer. */
  start(ue: number, nowMs: number): void {
    const slice = this.ues.slice[ue] as number;
    const config = this.slices[slice] as SliceConfig;
    const { queue, tasks, counters } = this.parts;
    const rateBits = tasks.rateBitsPerMs[ue * SLICE_COUNT + slice] as number;
    counters.ue[(ue << FIELD_BITS) + FIELD.limitBits] = bufferBits(config, rateBits);
    queue.budgetMs[ue] = config.delayBudgetMs;
    queue.late[ue] = LATE[config.latePackets];
    this.frameBits[ue] = (rateBits * 1000) / config.frameRateHz;
    const isSmooth = config.model === 'poisson' || config.model === 'ftp3';
    this.credit[ue] = isSmooth ? this.arrivals.exponential(ue) : this.arrivals.unit(ue);
    this.isOn[ue] = 1;
    this.toggleMs[ue] = Infinity;
    if (config.onOff === false) return;
    const { onMeanMs, offMeanMs } = config.onOff;
    this.isOn[ue] = this.onOff.unit(ue) < onMeanMs / (onMeanMs + offMeanMs) ? 1 : 0;
    this.toggleMs[ue] = nowMs + this.onOff.exponential(ue) * (this.isOn[ue] === 1 ? onMeanMs : offMeanMs);
  }

  /** Every 10 ms: rates from the modulation, `factor`: [cells · 3], and the on-off states. */
  update(nowMs: number, factor: Float64Array): void {
    const { order, activeCount, slice, serving } = this.ues;
    const { rateBitsPerMs } = this.parts.tasks;
    for (let i = 0; i < activeCount; i++) {
      const ue = order[i] as number;
      const s = slice[ue] as number;
      const scale = (factor[(serving[ue] as number) * SLICE_COUNT + s] as number) * this.onScale(ue, nowMs);
      const bits =
        this.model[s] === MODEL.xr ? (this.frameBits[ue] as number) : (this.packetBits[s] as number);
      const rateBits = rateBitsPerMs[ue * SLICE_COUNT + s] as number;
      this.rate[ue] = bits === 0 ? 0 : (scale * rateBits) / (bits * (this.reportPackets[s] as number));
    }
  }

  /** Rate factor of the on-off source, toggled up to now. */
  private onScale(ue: number, nowMs: number): number {
    if (this.toggleMs[ue] === Infinity) return 1;
    const { onOff } = this.slices[this.ues.slice[ue] as number] as SliceConfig;
    if (onOff === false) return 1;
    while (nowMs >= (this.toggleMs[ue] as number)) {
      this.isOn[ue] = 1 - (this.isOn[ue] as number);
      const mean = this.isOn[ue] === 1 ? onOff.onMeanMs : onOff.offMeanMs;
      this.toggleMs[ue] = (this.toggleMs[ue] as number) + mean * this.onOff.exponential(ue);
    }
    return this.isOn[ue] === 1 ? (onOff.onMeanMs + onOff.offMeanMs) / onOff.onMeanMs : 0;
  }

  /** Arrivals of one slot. */
  arrive(slot: number): void {
    const { order, activeCount } = this.ues;
    const { credit, rate } = this;
    for (let i = 0; i < activeCount; i++) {
      const ue = order[i] as number;
      const left = (credit[ue] as number) - (rate[ue] as number);
      credit[ue] = left;
      if (left <= 0) this.emit(ue, slot);
    }
  }

  private emit(ue: number, slot: number): void {
    const { queue } = this.parts;
    const s = this.ues.slice[ue] as number;
    const model = this.model[s] as number;
    let left = this.credit[ue] as number;
    while (left <= 0) {
      if (model === MODEL.poisson) {
        queue.push(ue, this.packetBits[s] as number, slot);
        left += this.exponential(ue);
      } else {
        const bits = model === MODEL.xr ? this.frame(ue) : (this.packetBits[s] as number);
        for (let k = this.reportPackets[s] as number; k > 0; k--) queue.push(ue, bits, slot);
        left += this.interval(ue, model);
      }
    }
    this.credit[ue] = left;
  }

  private exponential(ue: number): number {
    let tail = 0;
    for (;;) {
      const draw = exponentialOf(this.arrivals.bits(ue));
      if (draw >= 0) return tail + draw;
      tail -= draw;
    }
  }

  private interval(ue: number, model: number): number {
    if (model === MODEL.periodic) return 1;
    if (model === MODEL.sparse) return 0.5 + this.arrivals.unit(ue);
    const { frameJitterMs, frameRateHz } = this.slices[this.ues.slice[ue] as number] as SliceConfig;
    const jitterMs = Math.max(-4, Math.min(4, frameJitterMs * this.arrivals.normal(ue)));
    const drift = jitterMs - (this.jitter[ue] as number);
    this.jitter[ue] = jitterMs;
    return Math.max(0.01, 1 + (drift * frameRateHz) / 1000);
  }

  private frame(ue: number): number {
    const mean = this.frameBits[ue] as number;
    const { frameSigmaRatio } = this.slices[this.ues.slice[ue] as number] as SliceConfig;
    const ratio = 1 + frameSigmaRatio * this.arrivals.normal(ue);
    return Math.max(1, Math.round(mean * Math.max(0.5, Math.min(1.5, ratio))));
  }
}
