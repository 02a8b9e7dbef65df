import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bus, EmbeddedNats, putVector } from '@ricochet/bus';
import {
  a1PutPolicy,
  contribute,
  LEARNING_LEVELS,
  modelGet,
  roundClosed,
  roundOpen,
  type LearningLevel,
  type ReplyOf,
  type RequestOf,
  type RoundClosed,
} from '@ricochet/contracts';
import { createAgent, createEngine, parameterCount, SeededRandom, type AgentPreset } from '@ricochet/rl';
import { LEVEL_AGENTS } from '@ricochet/training';
import { CliError } from '../cli.error.js';
import { packageFolder } from '../stack/package-folder.js';
import { ServiceProcess } from '../stack/service-process.js';
import { type BenchReport } from './bench-report.js';
import { median } from './median.js';

const DUS = 30;
const ROUNDS: Readonly<Record<AgentPreset, number>> = { default: 20, paper: 5 };
const START_TIMEOUT_MS = 30_000;
const REQUEST_TIMEOUT_MS = 30_000;
const POLL_MS = 50;

interface Figure {
  readonly preset: AgentPreset;
  readonly level: LearningLevel;
  readonly parameters: number;
  readonly updateMs: number;
}

/** The meta update of 30 DUs by the real aggregator: from a round's last contribution to its published model. */
export async function benchMeta(repeat: number): Promise<BenchReport> {
  const figures: Figure[] = [];
  for (const preset of ['default', 'paper'] as const) figures.push(...(await benchPreset(preset, repeat)));
  const text = figures.map(
    ({ preset, level, parameters, updateMs }) =>
      `${preset} preset, ${level} level, ${parameters} parameters: ${updateMs.toFixed(1)} ms`,
  );
  return { figures: { dus: DUS, updates: figures }, text: text.join('\n') };
}

async function benchPreset(preset: AgentPreset, repeat: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-bench-'));
  const nats = await EmbeddedNats.start();
  const bus = await Bus.connect({ url: nats.url, name: 'bench', onTrouble: () => undefined });
  bus.serve(a1PutPolicy, () => ({}));
  const service = new ServiceProcess({
    packageName: '@ricochet/non-rt-ric',
    env: {
      RICOCHET_NATS_URL: nats.url,
      RICOCHET_STORE: join(folder, 'non-rt-ric.sqlite'),
      RICOCHET_RAPPS: JSON.stringify([
        {
          name: 'meta-hrl',
          path: packageFolder('@ricochet/meta-hrl'),
          config: { preset, deadlineMs: 60_000 },
        },
      ]),
    },
    logFile: join(folder, 'non-rt-ric.log'),
  });
  try {
    const figures: Figure[] = [];
    for (const level of LEARNING_LEVELS) {
      const { layout } = createAgent(createEngine({ mebibytes: 64 }), LEVEL_AGENTS[level](preset));
      const parameters = parameterCount(layout);
      const gradient = random(parameters);
      const updates: number[] = [];
      for (let run = 0; run < repeat * ROUNDS[preset]; run++)
        updates.push(await oneRound(bus, level, gradient));
      figures.push({ preset, level, parameters, updateMs: median(updates) });
    }
    return figures;
  } finally {
    await service.stop();
    await bus.close();
    await nats.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens a round, contributes for every DU, and gives the time that the aggregator took. */
async function oneRound(bus: Bus, level: LearningLevel, gradient: Float32Array): Promise<number> {
  const modelVersion = await versionInForce(bus, level);
  const participants = Array.from({ length: DUS }, (_, du) => `du-${String(du + 1).padStart(2, '0')}`);
  const closed = new Promise<RoundClosed>((resolve) => {
    const stop = bus.subscribe(roundClosed, (round) => {
      stop();
      resolve(round);
    });
  });
  const opening = { level, modelVersion, participants, engine: 'bench', timeMs: 0 };
  const { round } = await open(bus, opening);
  for (const nodeId of participants) {
    const part = {
      ...{ level, round, nodeId, modelVersion, tdVariance: 0.01 },
      ...{ supportSamples: 128, querySamples: 128, decisions: 0 },
      gradient: await putVector(bus, gradient),
    };
    await bus.request(contribute, part, REQUEST_TIMEOUT_MS);
  }
  const { updateMs, note } = await closed;
  if (updateMs === undefined)
    throw new CliError(`no meta update: ${note ?? 'the aggregator says nothing'}`, 1);
  return updateMs;
}

/** The model may be there before the aggregator listens. */
async function open(bus: Bus, opening: RequestOf<typeof roundOpen>): Promise<ReplyOf<typeof roundOpen>> {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += POLL_MS) {
    const reply = await bus.request(roundOpen, opening, REQUEST_TIMEOUT_MS).catch(() => undefined);
    if (reply !== undefined) return reply;
    await sleep(POLL_MS);
  }
  throw new CliError(`the aggregator opens no round within ${START_TIMEOUT_MS / 1000} s`, 1);
}

/** Waits for the first model. */
async function versionInForce(bus: Bus, level: LearningLevel): Promise<number> {
  for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += POLL_MS) {
    const { model } = await bus
      .request(modelGet, { level }, REQUEST_TIMEOUT_MS)
      .catch(() => ({ model: null }));
    if (model !== null) return model.version;
    await sleep(POLL_MS);
  }
  throw new CliError(`the Non-RT RIC has no model within ${START_TIMEOUT_MS / 1000} s`, 1);
}

function random(length: number): Float32Array {
  const generator = new SeededRandom('bench');
  return Float32Array.from({ length }, () => generator.normal() / Math.sqrt(length));
}
