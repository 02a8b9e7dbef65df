import { randomUUID } from 'node:crypto';
import { contribute, LEARNING_LEVELS, roundClosed, roundOpen, type LearningLevel } from '@ricochet/contracts';
import { createAgent, createEngine, type Engine } from '@ricochet/rl';
import { LEVEL_AGENTS } from '@ricochet/training';
import { defineRApp, getVector, type RAppContext } from '@ricochet/xapp-sdk';
import { Aggregator } from './aggregator/aggregator.js';
import { CanaryGuard } from './canary/canary-guard.js';
import { type InitialModel, LevelSession } from './level/level-session.js';
import { metaHrlConfigSchema, type MetaHrlConfig } from './meta-hrl.config.js';
import { readInitialModels } from './registry/initial-model.js';
import { ModelRegistryClient } from './registry/model-registry.client.js';
import { noRefusals, type RefusalCounts } from './round/refusal-counts.js';

/** Room for the gradients of many DUs of the paper's large networks; pages cost nothing until they are used. */
const ENGINE_MEBIBYTES = 1_024;

/** The aggregator of the learning: contributions of the DUs in, meta models out. */
export const metaHrl = defineRApp({
  name: 'meta-hrl',
  version: '0.1.0',
  config: metaHrlConfigSchema,
  async create(context) {
    const { bus } = context;
    const sessions = await beginLevels(context);
    bus.serve(roundOpen, async (opening) => ({ round: await sessions[opening.level].open(opening) }));
    bus.serve(contribute, async (contribution) => {
      await sessions[contribution.level].contribute(contribution);
      return { accepted: true as const };
    });
    return {
      stop: () => {
        for (const level of LEARNING_LEVELS) sessions[level].stop();
      },
    };
  },
});

async function beginLevels(
  context: RAppContext<MetaHrlConfig>,
): Promise<Record<LearningLevel, LevelSession>> {
  const engine = createEngine({ mebibytes: ENGINE_MEBIBYTES });
  const { initialModel, preset } = context.config;
  const initial = initialModel === undefined ? undefined : readInitialModels(initialModel, preset);
  const shared = { engine, instance: randomUUID(), refused: noRefusals(), initial };
  const sessions = {
    high: sessionOf('high', context, shared),
    low: sessionOf('low', context, shared),
  };
  await Promise.all(LEARNING_LEVELS.map((level) => sessions[level].begin()));
  return sessions;
}

/** What the sessions of both levels have in common. */
interface Shared {
  readonly engine: Engine;
  readonly instance: string;
  readonly refused: RefusalCounts;
  readonly initial: Readonly<Record<LearningLevel, InitialModel>> | undefined;
}

function sessionOf(
  level: LearningLevel,
  { bus, log, config }: RAppContext<MetaHrlConfig>,
  { engine, instance, refused, initial }: Shared,
): LevelSession {
  const { weighting, seed, preset, deadlineMs, canary } = config;
  const { varianceMemory, ...optimiser } = config.meta;
  const agent = createAgent(engine, LEVEL_AGENTS[level](preset));
  return new LevelSession({
    level,
    agent,
    aggregator: new Aggregator({ engine, layout: agent.layout, weighting, varianceMemory, optimiser }),
    guard: new CanaryGuard(canary),
    registry: new ModelRegistryClient(bus, level),
    readVector: (vector) => getVector(bus, vector),
    tell: (closed) => bus.publish(roundClosed, closed),
    ...(initial && { initial: initial[level] }),
    ...{ log, refused, weighting, seed, deadlineMs, instance },
  });
}
