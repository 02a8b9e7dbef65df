import {
  type AgentConfig,
  createAgent,
  createEngine,
  type Engine,
  packElements,
  packVectors,
  parameterCount,
  type TransitionsOf,
} from '@ricochet/rl';
import { QuotaAgents } from './agents/quota-agents.js';
import { SchedulerAgents } from './agents/scheduler-agents.js';
import { LEVEL_AGENTS, remembers } from './level-agent.js';
import { type LearningConfig } from './learning.config.js';
import { TransitionRecorder } from './recorder/transition-recorder.js';
import {
  type Learner,
  type LearningDoor,
  LearningRounds,
  type TransitionSource,
} from './rounds/learning-rounds.js';
import { LearnerThread } from './thread/learner-thread.js';

/**
 * The low level's rounds are so many times as far apart as the high level's: a contribution of its many UEs costs
 * several times as much, and less is to be gained by it.
 */
const LOW_ROUNDS_APART = 4;

export interface LearnOptions<Level extends string> extends LearningConfig {
  readonly seed: number;
  readonly door: LearningDoor<Level>;
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
  const agent = createAgent(engine, config);
  const recorder = new TransitionRecorder(packVectors);
  const agents = new QuotaAgents({
    ...{ agent, recorder, seed: options.seed, explore: options.explore },
    context: remembers(options.preset),
  });
  return { agents, rounds: roundsOf('high', { ...options, engine, agent, config, recorder }) };
}

/** The agents of the low level. */
export function learnWeights(
  options: LearnOptions<'low'>,
): LearningLevel<SchedulerAgents, 'low', TransitionsOf<LowAgent>> {
  const config = LEVEL_AGENTS.low(options.preset);
  const engine = createEngine();
  const agent = createAgent(engine, config);
  const recorder = new TransitionRecorder(packElements);
  const agents = new SchedulerAgents({
    ...{ agent, recorder, seed: options.seed, explore: options.explore },
    onRule: remembers(options.preset),
  });
  const roundPeriodMs = LOW_ROUNDS_APART * options.roundPeriodMs;
  return { agents, rounds: roundsOf('low', { ...options, roundPeriodMs, engine, agent, config, recorder }) };
}

type HighAgent = ReturnType<(typeof LEVEL_AGENTS)['high']>;
type LowAgent = ReturnType<(typeof LEVEL_AGENTS)['low']>;

interface Parts<Level extends string, C extends AgentConfig> extends LearnOptions<Level> {
  readonly engine: Engine;
  readonly agent: {
    readonly architecture: string;
    readonly layout: Parameters<typeof parameterCount>[0];
    adopt(parameters: Float32Array): void;
  };
  readonly config: C;
  readonly recorder: TransitionSource<TransitionsOf<C>>;
}

function roundsOf<Level extends string, C extends AgentConfig>(
  level: Level,
  { engine, agent, config, recorder, ...options }: Parts<Level, C>,
): LearningRounds<Level, TransitionsOf<C>> {
  return new LearningRounds({
    level,
    architecture: agent.architecture,
    parameterCount: parameterCount(agent.layout),
    engine: engine.name,
    roundPeriodMs: options.roundPeriodMs,
    learner: learnerInThread(config, options.seed),
    agent,
    transitions: recorder,
    door: options.door,
    warn: options.warn,
  });
}

/** Calls wait for the thread to have started; if it can not, each of them says so. */
function learnerInThread<C extends AgentConfig>(agent: C, seed: number): Learner<TransitionsOf<C>> {
  const thread = LearnerThread.start({ agent, seed });
  thread.catch(() => undefined);
  return {
    adopt: async (version, parameters) => (await thread).adopt(version, parameters),
    record: async (nodeId, batch) => (await thread).record(nodeId, batch),
    contribute: async (nodeId, round) => (await thread).contribute(nodeId, round),
  };
}
