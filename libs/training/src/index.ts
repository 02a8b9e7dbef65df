export { QuotaAgents, type QuotaDecision } from './agents/quota-agents.js';
export { SchedulerAgents, type SchedulerDecision } from './agents/scheduler-agents.js';
export { learnQuotas, learnWeights, type LearningLevel, type LearnOptions } from './learn.js';
export { learningConfigSchema, type LearningConfig } from './learning.config.js';
export {
  LEVEL_AGENTS,
  LEVEL_PRESETS,
  type LevelPreset,
  remembers,
  RIC_PRESETS,
  type RicPreset,
} from './level-agent.js';
export { type LearningDoor, type OfferedModel } from './rounds/learning-door.js';
export { type DueReport, LearningRounds, ModelRefusedError } from './rounds/learning-rounds.js';
export { parseSla } from './parse-sla.js';
export { type Adaptation, type AdaptationVerdict } from './learner/du-adapters.js';
export {
  LevelLearner,
  learnerSettings,
  type Contribution,
  type LearnerContext,
  type LearnerOptions,
  type LearnerSettings,
} from './learner/level-learner.js';
export { TransitionRecorder, type Decision } from './recorder/transition-recorder.js';
export { LearnerThread } from './thread/learner-thread.js';
export { ThreadError, type ThreadErrorCode } from './thread/thread.error.js';
export { meanInterval, pairedDifference, type MeanInterval } from './statistics/mean-interval.js';
export { boxStatistics, empiricalCdf, quantile, type BoxStatistics } from './statistics/quantile.js';
export { LearnedPolicy } from './trainer/learned-policy.js';
export {
  type Collected,
  type Level,
  type LevelModels,
  LEVELS,
  TaskGroup,
  type TaskGroupOptions,
} from './trainer/task-group.js';
export {
  type PhaseTimes,
  type RoundReport,
  Trainer,
  type TrainerOptions,
  type TrainerState,
} from './trainer/trainer.js';
export { type TrainingConfig, trainingConfigSchema } from './trainer/training-config.js';
export { ADAPTATION_PLANS, type AdaptationPlan } from './evaluation/adapting-network.js';
export { type EpisodeSummary, type SliceSummary } from './evaluation/episode-summary.js';
export { EvaluationPool } from './evaluation/evaluation-pool.js';
export { type AdaptationResult, type TrainedModel } from './evaluation/evaluator.js';
export { withLoad, withSize } from './evaluation/family-variants.js';
export { type TestEpisodeOptions } from './evaluation/test-episode.js';
export { TrainingRun, type TrainingCourse, type TrainingRunOptions } from './trainer/training-run.js';
export { assertIdentity } from './checkpoint/assert-identity.js';
export { CheckpointError } from './checkpoint/checkpoint.error.js';
export { type Checkpoint, type TrainingIdentity } from './checkpoint/checkpoint-format.js';
export { CheckpointStore, type LoadedCheckpoint } from './checkpoint/checkpoint-store.js';
export { replaceFile, type ReplaceOptions } from './checkpoint/replace-file.js';
export { formatModel, modelDigest, type ModelFileOptions, parseModel } from './model/model-file.js';
export {
  type LevelNetworks,
  levelNetworks,
  type StoredModel,
  type TrainingRecord,
} from './model/stored-model.js';
