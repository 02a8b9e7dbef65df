import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulationSample, type SimulationFinished } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { SimulationBar } from '../run/simulation-bar.js';
import { apiSettings } from '../stack/api-settings.js';
import { LOGS_FOLDER } from '../stack/data-folder.js';
import { InterruptedError, onInterrupt } from '../stack/interrupt.js';
import { endOfRun } from '../stack/run-end.js';
import { Stack } from '../stack/stack.js';
import { GATE_MS, recordBus } from './record-bus.js';
import { type RunMessage } from './record.js';
import { type XAppChange } from './recording-header.js';
import { type RunPlan } from './run-plan.js';

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
  const { plan, changes, onMessage, natsUrl, keptUp } = options;
  // Nothing of the run is kept but the recording.
  delete process.env['DATABASE_URL'];
  const dataDir = mkdtempSync(join(tmpdir(), 'ricochet-record-'));
  mkdirSync(join(dataDir, LOGS_FOLDER));
  const bar = new SimulationBar(plan.untilMs);
  const api = changes.length > 0 ? await apiSettings() : undefined;
  try {
    const stack = await Stack.open({
      ...plan,
      natsUrl,
      api,
      gateMs: plan.mode === 'lockstep' ? GATE_MS : undefined,
      dataDir,
      restart: false,
      onLine: (line) => process.stderr.write(`${line}\n`),
    });
    const interrupted = onInterrupt();
    try {
      const { mode } = plan;
      const recording = recordBus(stack.bus, { mode, changes, api: api?.access, onMessage, keptUp });
      stack.bus.subscribe(simulationSample, ({ timeMs }) => bar.update(timeMs));
      const ended = endOfRun(stack);
      await stack.bus.flush();
      bar.start();
      stack.begin();
      const end = await Promise.race([ended, recording.failed, interrupted]);
      if (end === 'interrupted') throw new InterruptedError();
      await recording.complete();
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
