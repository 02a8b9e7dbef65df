import { type RadioInput } from './radio-config.js';
import { RadioNetwork } from './radio-network.js';
import { resolveRadioConfig } from './resolve-radio-config.js';

export interface RadioBenchOptions {
  readonly cells: number;
  readonly uesPerCell: number;
  readonly slots: number;
  readonly seed: number;
  /** More of the configuration; the size above wins. */
  readonly input?: RadioInput | undefined;
}

export interface RadioBenchResult {
  readonly slots: number;
  readonly elapsedMs: number;
  readonly realTimeFactor: number;
  readonly nsPerUeSlot: number;
  /** Delivered since the start, Mbit/s over all cells: the work was done. */
  readonly deliveredMbps: number;
}

const WARM_UP_SLOTS = 2000;
const WINDOWS_MS = [10, 100] as const;

/** Times a network with windows of 10 and 100 ms open and rolled; `now` is a clock in ms, handed in. */
export function benchRadio(
  options: RadioBenchOptions,
  { now }: { readonly now: () => number },
): RadioBenchResult {
  const { cells, uesPerCell, slots, seed } = options;
  const network = new RadioNetwork(resolveRadioConfig({ ...options.input, cells, uesPerCell }), seed);
  const windows = WINDOWS_MS.map((periodMs) => network.openWindow(periodMs));
  const run = (count: number): void => {
    for (let done = 0; done < count; done += WINDOWS_MS[0]) {
      network.advance(WINDOWS_MS[0]);
      for (const window of windows) if (network.timeMs % window.periodMs === 0) window.roll();
    }
  };
  run(WARM_UP_SLOTS);
  const started = now();
  run(slots);
  const elapsedMs = now() - started;
  return {
    slots,
    elapsedMs,
    realTimeFactor: slots / elapsedMs,
    nsPerUeSlot: (elapsedMs * 1e6) / (slots * cells * uesPerCell),
    deliveredMbps: network.tallies.network().deliveredBits / (network.timeMs * 1000),
  };
}
