import {
  assertVector,
  createAgent,
  createEngine,
  LearningError,
  type MlpSpec,
  parameterCount,
} from '@ricochet/rl';
import { LEVEL_AGENTS, type LevelPreset } from '../level-agent.js';
import { type Level, type LevelModels } from '../trainer/task-group.js';
import { type TrainingConfig } from '../trainer/training-config.js';

/** How a model came about. */
export interface TrainingRecord {
  readonly family: string;
  readonly familySha256: string;
  readonly seed: number;
  readonly rounds: number;
  readonly config: TrainingConfig;
  /** Name of what computed. */
  readonly engine: string;
  /** Version of Ricochet. */
  readonly createdBy: string;
}

/** Both levels' networks after a training. */
export interface StoredModel {
  readonly name: string;
  readonly preset: LevelPreset;
  readonly models: LevelModels;
  readonly training: TrainingRecord;
}

/** What the networks of a level look like. */
export interface LevelNetworks {
  readonly architecture: string;
  /** The network that acts; its parameters are the first of the level's. */
  readonly actor: MlpSpec;
  readonly actorParameters: number;
  /** [actor | critic] */
  readonly parameters: number;
}

export function levelNetworks(level: Level, preset: LevelPreset): LevelNetworks {
  const engine = createEngine({ mebibytes: 16 });
  const agent =
    level === 'high'
      ? createAgent(engine, LEVEL_AGENTS.high(preset))
      : createAgent(engine, LEVEL_AGENTS.low(preset));
  return {
    architecture: agent.architecture,
    actor: agent.actorSpec,
    actorParameters: agent.layout.actor,
    parameters: parameterCount(agent.layout),
  };
}

/** @throws LearningError parameters that are not those of the level's networks, or not finite */
export function assertLevel(
  { parameters, architecture }: { readonly parameters: Float32Array; readonly architecture: string },
  level: Level,
  preset: LevelPreset,
): void {
  const networks = levelNetworks(level, preset);
  if (architecture !== networks.architecture) {
    throw new LearningError(
      'LEARNING_BAD_SHAPE',
      `${level} level: networks are "${architecture}"; those of ${preset} are "${networks.architecture}"`,
    );
  }
  assertVector(parameters, networks.parameters, `${level} level: parameters`);
}
