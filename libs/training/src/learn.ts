import {
  type AgentConfig,
  createAgent,
  createEngine,
  ElementPacker,
  VectorPacker,
  parameterCount,
  type ParameterLayout,
  type TransitionsOf,
} from '@ricochet/rl';
import { type Actor, OwnActors } from './agents/own-actors.js';
import { QuotaAgents } from './agents/quota-agents.js';
import { SchedulerAgents } from './agents/scheduler-agents.js';
import { LEVEL_AGENTS, remembers } from './level-agent.js';
import { type LearningConfig } from './learning.config.js';
import { TransitionRecorder } from './recorder/transition-recorder.js';
import { type LearningDoor, type TransitionSource } from './rounds/learning-door.js';
import { LearningRounds } from './rounds/learning-rounds.js';
import { LastingLearner } from './thread/lasting-learner.js';
import { LearnerThread } from './thread/learner-thread.js';

/**
 * The low level's rounds are so many times as far apart as the high level's: a contribution of its many UEs costs
 * several times as much, and less is to be gained by it.
 */
const LOW_ROUNDS_APART = 4;

/** Part of the agents' noise that is left where the model has learned already. */
const TRAINED_EXPLORATION_SCALE = 0.05;

export interface LearnOptions<Level extends string> extends LearningConfig {
  readonly seed: number;
  readonly door: LearningDoor<Level>;
  /** One line for what happens once. */
  readonly info: (line: string) => void;
  /** One line for each trouble that begins. */
  readonly warn: (line: string) => void;
}

/** What an xApp needs of one level: agents that decide on the control thread, and the rounds they learn in. */
export interface LearningLevel<Agents, Level extends string, Batch> {
  readonly agents: Agents;
  readonly rounds: LearningRounds<Level, Batch>;
}

/** The agents of the high level. */
export function learnQuotas(
  options: LearnOptions<'high'>,
): LearningLevel<QuotaAgents, 'high', TransitionsOf<HighAgent>> {
  const config = LEVEL_AGENTS.high(options.preset);
  const engine = createEngine();
  const actors = new OwnActors(createAgent(engine, config), () => createAgent(engine, config));
  const recorder = new TransitionRecorder(VectorPacker);
  const agents = new QuotaAgents({
    ...acting(actors, options),
    ...{ recorder, context: remembers(options.preset) },
  });
  return { agents, rounds: roundsOf('high', { ...options, actors, agents, config, recorder }) };
}

/** The agents of the low level. */
export function learnWeights(
  options: LearnOptions<'low'>,
): LearningLevel<SchedulerAgents, 'low', TransitionsOf<LowAgent>> {
  const config = LEVEL_AGENTS.low(options.preset);
  const engine = createEngine();
  const actors = new OwnActors(createAgent(engine, config), () => createAgent(engine, config));
  const recorder = new TransitionRecorder(ElementPacker);
  const agents = new SchedulerAgents({
    ...acting(actors, options),
    ...{ recorder, onRule: remembers(options.preset) },
  });
  const roundPeriodMs = LOW_ROUNDS_APART * options.roundPeriodMs;
  return {
    agents,
    rounds: roundsOf('low', { ...options, roundPeriodMs, actors, agents, config, recorder }),
  };
}

type HighAgent = ReturnType<(typeof LEVEL_AGENTS)['high']>;
type LowAgent = ReturnType<(typeof LEVEL_AGENTS)['low']>;

/** Who acts, and how much they try out: little where the preset's model has learned already. */
function acting<A extends Actor>(actors: OwnActors<A>, { preset, seed, explore }: LearnOptions<string>) {
  return {
    ...{ agent: actors.shared, agentOf: (nodeId: string) => actors.of(nodeId), seed, explore },
    ...(remembers(preset) && { explorationScale: () => TRAINED_EXPLORATION_SCALE }),
  };
}

interface LevelActor extends Actor {
  readonly architecture: string;
  readonly layout: ParameterLayout;
}

interface Parts<Level extends string, C extends AgentConfig> extends LearnOptions<Level> {
  readonly actors: OwnActors<LevelActor>;
  readonly agents: { forget(nodeId: string): void };
  readonly config: C;
  readonly recorder: TransitionSource<TransitionsOf<C>>;
}

function roundsOf<Level extends string, C extends AgentConfig>(
  level: Level,
  { actors, agents, config, recorder, ...options }: Parts<Level, C>,
): LearningRounds<Level, TransitionsOf<C>> {
  const { engine, givesWay, roundPeriodMs, adaptation, seed, door, info, warn } = options;
  const { architecture, layout } = actors.shared;
  return new LearningRounds({
    ...{ level, architecture, roundPeriodMs, adaptation, door, info, warn, actors },
    parameterCount: parameterCount(layout),
    learner: new LastingLearner(() => LearnerThread.start({ agent: config, seed }, { engine, givesWay }), {
      name: `${level} level learner`,
      warn,
    }),
    transitions: recorder,
    onGone: (nodeId) => agents.forget(nodeId),
  });
}
