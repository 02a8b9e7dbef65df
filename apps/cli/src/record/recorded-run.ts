import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { SingleBar } from 'cli-progress';
import { type Bus } from '@ricochet/bus';
import { lockstepHold, simulationGate, simulationSample, type SimulationFinished } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { apiSettings } from '../stack/api-settings.js';
import { LOGS_FOLDER, type ApiAccess } from '../stack/data-folder.js';
import { InterruptedError, onInterrupt } from '../stack/interrupt.js';
import { endOfRun } from '../stack/run-end.js';
import { Stack } from '../stack/stack.js';
import { RicApi } from '../xapp/ric-api.js';
import { LockstepTape } from './lockstep-tape.js';
import { RealTimeTape } from './real-time-tape.js';
import { type RunMessage } from './record.js';
import { type XAppChange } from './recording-header.js';
import { type RunPlan } from './run-plan.js';
import { tapBus } from './tapped.js';
import { changeXApp } from './xapp-change.js';

/** Simulation time waits so often until what was recorded has been kept; xApps are changed at multiples of it. */
export const GATE_MS = 100;
const HOLD_TIMEOUT_MS = 5_000;

export interface RecordedRunOptions {
  readonly plan: RunPlan;
  /** xApps to be changed on the way, at multiples of {@link GATE_MS}. */
  readonly changes: readonly XAppChange[];
  /** Told of every message, in the order of a recording. What it throws ends the run. */
  readonly onMessage: (message: RunMessage) => void;
  /** A NATS server that runs, instead of an embedded one. */
  readonly natsUrl?: string | undefined;
  /** Simulation time waits for it, every {@link GATE_MS}. */
  readonly keptUp?: (() => Promise<void>) | undefined;
}

/** Runs a plan on a stack of its own and tells its messages. @throws CliError when it could not be run to its end */
export async function recordedRun(options: RecordedRunOptions): Promise<SimulationFinished> {
  const { plan, changes, onMessage, natsUrl } = options;
  // Nothing of the run is kept but the recording.
  delete process.env['DATABASE_URL'];
  const dataDir = mkdtempSync(join(tmpdir(), 'ricochet-record-'));
  mkdirSync(join(dataDir, LOGS_FOLDER));
  const bar = new SingleBar({
    format: '{bar} {percentage} % of {total} ms simulated',
    clearOnComplete: true,
    noTTYOutput: false,
  });
  const isLockstep = plan.mode === 'lockstep';
  const api = changes.length > 0 ? await apiSettings() : undefined;
  try {
    const stack = await Stack.open({
      ...plan,
      natsUrl,
      api,
      gateMs: isLockstep ? GATE_MS : undefined,
      dataDir,
      restart: false,
      onLine: (line) => process.stderr.write(`${line}\n`),
    });
    const interrupted = onInterrupt();
    let fail: (error: unknown) => void = () => undefined;
    const failed = new Promise<never>((_, reject) => (fail = reject));
    failed.catch(() => undefined);
    let hasFailed = false;
    const onRecorded = (message: RunMessage): void => {
      if (hasFailed) return;
      try {
        onMessage(message);
      } catch (error) {
        hasFailed = true;
        fail(error);
      }
    };
    const tape = isLockstep
      ? new LockstepTape(onRecorded)
      : new RealTimeTape(onRecorded, () => performance.now());
    try {
      tapBus(stack.bus, tape);
      serveGate(stack.bus, { ...options, api: api?.access, fail });
      stack.bus.subscribe(simulationSample, ({ timeMs }) => bar.update(timeMs));
      const ended = endOfRun(stack);
      await stack.bus.flush();
      bar.start(plan.untilMs, 0);
      stack.begin();
      const end = await Promise.race([ended, failed, interrupted]);
      if (end === 'interrupted') throw new InterruptedError();
      // All that was said before the end has come when this is answered.
      await stack.bus.flush();
      if (hasFailed) await failed;
      if (end.fault !== undefined) throw new CliError(end.fault, 1);
      return end;
    } finally {
      bar.stop();
      await stack.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Gate extends Pick<RecordedRunOptions, 'changes' | 'keptUp'> {
  /** Of the RIC whose xApps are changed. */
  readonly api: ApiAccess | undefined;
  readonly fail: (error: unknown) => void;
}

/** Lets simulation time go on when all is kept, and the xApps are as they are to be from then on. */
function serveGate(bus: Bus, { changes, keptUp, api, fail }: Gate): void {
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
