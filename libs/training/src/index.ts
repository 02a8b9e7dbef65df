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
export { LearnerThreadError, type LearnerThreadErrorCode } from './thread/learner-thread.error.js';
