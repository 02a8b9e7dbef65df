import { RadioConfigError } from './radio-config.error.js';

/** The kinds of arrays that state is kept in. */
export type StateArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array | Int8Array;

/** Which networks can take a state: those of the same configuration (as JSON) and seeds, with the same windows. */
interface StateOrigin {
  readonly config: string;
  readonly seed: number;
  readonly taskSeed: number;
  /** Periods of the open KPI windows, in the order of their opening. */
  readonly windowsMs: readonly number[];
}

/**
 * All that had changed in a network since it was made, copied out by `RadioNetwork.save`. Plain data and typed arrays:
 * it can be cloned, sent to a worker or stored. The parts are in the order in which a `StateExchange` goes through the
 * network.
 */
export interface RadioState {
  origin: StateOrigin;
  /** Whole arrays. */
  readonly arrays: StateArray[];
  /** Parts of arrays one after the other, with room at the end. */
  words: Int32Array;
  readonly numbers: number[];
  readonly lists: (readonly unknown[])[];
}

export function emptyState(origin: StateOrigin): RadioState {
  return { origin, arrays: [], words: new Int32Array(0), numbers: [], lists: [] };
}

/** @throws RadioConfigError when a state is of another network than that of `own`, or of windows it has not */
export function checkOrigin({ origin }: RadioState, own: StateOrigin): void {
  for (const key of ['seed', 'taskSeed'] as const) {
    if (origin[key] === own[key]) continue;
    throw new RadioConfigError(`state.${key}`, `${origin[key]} is not that of this network, ${own[key]}`);
  }
  if (origin.config !== own.config) {
    throw new RadioConfigError('state.config', 'is not that of this network');
  }
  origin.windowsMs.forEach((periodMs, i) => {
    if (own.windowsMs[i] === periodMs) return;
    throw new RadioConfigError(
      `state.windowsMs[${i}]`,
      `is ${periodMs}: this network has no such window open`,
    );
  });
}
