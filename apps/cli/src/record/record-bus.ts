import { performance } from 'node:perf_hooks';
import { type Bus } from '@ricochet/bus';
import { lockstepHold, simulationGate } from '@ricochet/contracts';
import { type ApiAccess } from '../stack/data-folder.js';
import { RicApi } from '../xapp/ric-api.js';
import { LockstepTape } from './lockstep-tape.js';
import { RealTimeTape } from './real-time-tape.js';
import { type RunMessage } from './record.js';
import { type XAppChange } from './recording-header.js';
import { tapBus } from './tapped.js';
import { changeXApp } from './xapp-change.js';

/** Simulation time waits so often until what was recorded has been kept; xApps are changed at multiples of it. */
export const GATE_MS = 100;
const HOLD_TIMEOUT_MS = 5_000;

export interface RecordBusOptions {
  readonly mode: 'real-time' | 'lockstep';
  /** Told of every message, in the order of a recording. What it throws is what `failed` rejects with. */
  readonly onMessage: (message: RunMessage) => void;
  /** Simulation time waits for it, every {@link GATE_MS}. */
  readonly keptUp?: (() => Promise<void>) | undefined;
  /** xApps to be changed on the way, at multiples of {@link GATE_MS}, over that API. */
  readonly changes?: readonly XAppChange[];
  readonly api?: ApiAccess | undefined;
}

export interface BusRecording {
  /** Rejects when a message could not be kept, or an xApp not be changed. */
  readonly failed: Promise<never>;
  /** All that was said up to now has been told. @throws what `failed` rejects with */
  complete(): Promise<void>;
}

/** Tells the messages of the run that goes on on a bus. To be asked for before the run begins. */
export function recordBus(bus: Bus, options: RecordBusOptions): BusRecording {
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  let hasFailed = false;
  const onRecorded = (message: RunMessage): void => {
    if (hasFailed) return;
    try {
      options.onMessage(message);
    } catch (error) {
      hasFailed = true;
      fail(error);
    }
  };
  const isLockstep = options.mode === 'lockstep';
  tapBus(
    bus,
    isLockstep ? new LockstepTape(onRecorded) : new RealTimeTape(onRecorded, () => performance.now()),
  );
  serveGate(bus, options, fail);
  return {
    failed,
    complete: async () => {
      await bus.flush();
      if (hasFailed) await failed;
    },
  };
}

/** Lets simulation time go on when all is kept, and the xApps are as they are to be from then on. */
function serveGate(
  bus: Bus,
  { changes = [], keptUp, api }: RecordBusOptions,
  fail: (error: unknown) => void,
): void {
  bus.serve(simulationGate, async ({ timeMs }) => {
    const due = changes.filter(({ atMs }) => atMs === timeMs);
    try {
      await keptUp?.();
      if (due.length > 0) await bus.request(lockstepHold, {}, HOLD_TIMEOUT_MS);
      for (const change of due) {
        const { url, key } = api ?? { url: '', key: '' };
        await changeXApp(RicApi.of({ api: url, key, data: '' }), change);
      }
    } catch (error) {
      fail(error);
      throw error;
    }
    return { disturbed: due.length > 0 };
  });
}
