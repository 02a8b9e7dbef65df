export { learnQuotas, learnWeights, type LearningLevel } from './learn.js';
export { learningConfigSchema } from './learning.config.js';
export {
  LEVEL_AGENTS,
  LEVEL_PRESETS,
  type LevelPreset,
  remembers,
  RIC_PRESETS,
  type RicPreset,
} from './level-agent.js';
export { type OfferedModel } from './rounds/learning-door.js';
export { type DueReport } from './rounds/learning-rounds.js';
export { parseSla } from './parse-sla.js';
export { type AdaptationVerdict } from './learner/du-adapters.js';
export { type Contribution } from './learner/level-learner.js';
export { meanInterval, pairedDifference } from './statistics/mean-interval.js';
export { boxStatistics, percentiles, quantile } from './statistics/quantile.js';
export { type Level, type LevelModels, LEVELS } from './trainer/task-group.js';
export { type PhaseTimes, type RoundReport, type TrainerState } from './trainer/trainer.js';
export { type TrainingConfig, trainingConfigSchema } from './trainer/training-config.js';
export { ADAPTATION_PLANS } from './evaluation/adapting-network.js';
export { type EpisodeSummary, type SliceSummary } from './evaluation/episode-summary.js';
export { EvaluationPool } from './evaluation/evaluation-pool.js';
export { type AdaptationResult, type TrainedModel } from './evaluation/evaluator.js';
export { withLoad, withSize } from './evaluation/family-variants.js';
export { type TestEpisodeOptions } from './evaluation/test-episode.js';
export { TrainingRun } from './trainer/training-run.js';
export { assertIdentity } from './checkpoint/assert-identity.js';
export { CheckpointError } from './checkpoint/checkpoint.error.js';
export { type Checkpoint, type TrainingIdentity } from './checkpoint/checkpoint-format.js';
export { CheckpointStore, type LoadedCheckpoint } from './checkpoint/checkpoint-store.js';
export { replaceFile } from './checkpoint/replace-file.js';
export { formatModel, modelDigest, parseModel } from './model/model-file.js';
export { levelNetworks, type StoredModel } from './model/stored-model.js';
