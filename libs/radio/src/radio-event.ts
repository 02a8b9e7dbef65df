import { SLICE_TYPES, type SliceType } from '@ricochet/ran-types';

import { RadioConfigError } from './radio-config.error.js';
import { type StateExchange } from './state-exchange.js';
import { SLICE_COUNT } from './ue-table.js';

/** Multiplies the arrival rate of a slice, rising and falling linearly over `rampMs`; all cells when absent. */
export interface SurgeEvent {
  readonly kind: 'surge';
  readonly cells?: readonly number[] | undefined;
  readonly slice: SliceType;
  readonly factor: number;
  readonly durationMs: number;
  readonly rampMs?: number | undefined;
}

/** Switches DUs off or on. UEs stay where they are (or hand over, when that is enabled); their data waits. */
export interface CellPowerEvent {
  readonly kind: 'cell-off' | 'cell-on';
  readonly cells: readonly number[];
}

/** `count` UEs in each of the cells join a slice, or leave it (those with the lowest index first). */
export interface UeCountEvent {
  readonly kind: 'ue-arrival' | 'ue-departure';
  readonly cells: readonly number[];
  readonly slice: SliceType;
  readonly count: number;
}

/** Draws new speeds for the UEs of the cells; all cells when absent. */
export interface MobilityEvent {
  readonly kind: 'mobility';
  readonly cells?: readonly number[] | undefined;
  readonly speedMinMps: number;
  readonly speedMaxMps: number;
}

/** Raises the noise at the UEs of the cells. */
export interface InterferenceEvent {
  readonly kind: 'interference';
  readonly cells: readonly number[];
  readonly noiseRiseDb: number;
  readonly durationMs: number;
}

export type RadioEvent = SurgeEvent | CellPowerEvent | UeCountEvent | MobilityEvent | InterferenceEvent;

/** Checks that cells exist. @throws RadioConfigError */
export function checkCells(cells: readonly number[], count: number, key: string): readonly number[] {
  for (const cell of cells) {
    if (!Number.isInteger(cell) || cell < 0 || cell >= count) {
      throw new RadioConfigError(key, `${cell} is not a cell from 0 to ${count - 1}`);
    }
  }
  return cells;
}

/** Index of a slice type. @throws RadioConfigError */
export function sliceIndexOf(type: SliceType, key: string): number {
  const index = SLICE_TYPES.indexOf(type);
  if (index < 0) throw new RadioConfigError(key, `${String(type)} is not a slice type`);
  return index;
}

/** @throws RadioConfigError when a number is not finite or below its least value */
export function checkNumber(value: number, least: number, key: string): void {
  if (!Number.isFinite(value) || value < least) {
    throw new RadioConfigError(key, `must be a number of at least ${least}, not ${String(value)}`);
  }
}

interface Timed {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly rampMs: number;
  readonly size: number;
  /** Cells, or groups for a surge. */
  readonly targets: readonly number[];
}

/** Scenario effects that last: surges and interference, evaluated every 10 ms. */
export class TimedEffects {
  private surges: readonly Timed[] = [];
  private noise: readonly Timed[] = [];

  addSurge(event: SurgeEvent, cells: readonly number[], nowMs: number): void {
    checkNumber(event.factor, 0, 'event.factor');
    checkNumber(event.durationMs, 0, 'event.durationMs');
    checkNumber(event.rampMs ?? 0, 0, 'event.rampMs');
    const slice = sliceIndexOf(event.slice, 'event.slice');
    const targets = cells.map((cell) => cell * SLICE_COUNT + slice);
    const untilMs = nowMs + event.durationMs;
    this.surges = [
      ...this.surges,
      { fromMs: nowMs, untilMs, rampMs: event.rampMs ?? 0, size: event.factor, targets },
    ];
  }

  addNoise(event: InterferenceEvent, cells: readonly number[], nowMs: number): void {
    checkNumber(event.noiseRiseDb, 0, 'event.noiseRiseDb');
    checkNumber(event.durationMs, 0, 'event.durationMs');
    const untilMs = nowMs + event.durationMs;
    this.noise = [
      ...this.noise,
      { fromMs: nowMs, untilMs, rampMs: 0, size: event.noiseRiseDb, targets: cells },
    ];
  }

  exchange(state: StateExchange): void {
    this.surges = state.list(this.surges);
    this.noise = state.list(this.noise);
  }

  get hasNoise(): boolean {
    return this.noise.length > 0;
  }

  /** Multiplies the surges of now into `factor`: [cells · 3]. */
  scaleRates(nowMs: number, factor: Float64Array): void {
    for (const surge of this.surges) {
      const strength = 1 + (surge.size - 1) * envelope(surge, nowMs);
      for (const group of surge.targets) factor[group] = (factor[group] as number) * strength;
    }
    if (this.surges.some(({ untilMs }) => nowMs >= untilMs)) {
      this.surges = this.surges.filter(({ untilMs }) => nowMs < untilMs);
    }
  }

  /** Adds the noise rises of now up into `riseDb`: [cells]. */
  sumNoise(nowMs: number, riseDb: Float64Array): void {
    riseDb.fill(0);
    this.noise = this.noise.filter(({ untilMs }) => nowMs < untilMs);
    for (const { targets, size } of this.noise) {
      for (const cell of targets) riseDb[cell] = (riseDb[cell] as number) + size;
    }
  }
}

/** 0 to 1: linear over the ramp at both ends. */
function envelope({ fromMs, untilMs, rampMs }: Timed, nowMs: number): number {
  if (nowMs < fromMs || nowMs >= untilMs) return 0;
  if (rampMs === 0) return 1;
  return Math.min(1, (nowMs - fromMs) / rampMs, (untilMs - nowMs) / rampMs);
}
