export {
  createEngine,
  type Engine,
  ENGINE_KINDS,
  type EngineKind,
  type EngineName,
  type EngineOptions,
} from './engine/engine.js';
export { type EnginePreparation, prepareEngines } from './engine/prepare-engines.js';
export { benchUpdate, type UpdateBenchOptions, type UpdateBenchResult } from './network/bench-update.js';
export { engineUpdater } from './network/engine-updater.js';
export {
  updateProblem,
  type UpdateProblem,
  type Updater,
  type UpdateSizes,
} from './network/update-problem.js';
export { Mlp } from './network/mlp.js';
export {
  initialParameters,
  type InitialiserOptions,
  type LayerLayout,
  type MlpLayout,
  mlpLayout,
  type MlpSpec,
} from './network/mlp-layout.js';
export { Adam, type AdamOptions, type AdamState } from './optimiser/adam.js';
export { type ParameterRange } from './optimiser/parameter-range.js';
export { Sgd } from './optimiser/sgd.js';
export { clipByNorm, norm, softUpdate, weightedSum } from './optimiser/vectors.js';
export {
  exportLayersModel,
  importLayersModel,
  type LayersModelFiles,
  type TrainedMlp,
} from './tensorflow/layers-model.js';
export { TENSORFLOW_BACKENDS, type TensorFlowBackend } from './tensorflow/load-tensorflow.js';
export { tensorFlowUpdater } from './tensorflow/tensorflow-updater.js';
export { gradients } from './tape/gradients.js';
export * as ops from './tape/ops.js';
export { type Shape, Tape, type TapeOptions, Var } from './tape/tape.js';

export { LearningError, assertVector, type LearningErrorCode } from './learning.error.js';

export { SeededRandom } from './random/seeded-random.js';
export { type Exploration } from './noise/gaussian-noise.js';

export {
  DEFAULT_REPLAY_LIMITS,
  ReplayBuffer,
  type ReplayLimits,
  type ReplaySnapshot,
  type TransitionBatch,
  type TransitionRef,
} from './replay/replay-buffer.js';
export { type Transition, type TransitionPacker } from './replay/transition-packer.js';
export { packVectors, VectorPacker, type VectorTransitions } from './replay/vector-transitions.js';
export {
  ElementPacker,
  packElements,
  type ElementState,
  type ElementTransitions,
} from './replay/element-transitions.js';

export {
  parameterCount,
  type ActorCritic,
  type Minibatch,
  type ParameterLayout,
  type PolicyOutput,
  type TapedStates,
} from './agents/actor-critic.js';
export { createAgent, type AgentConfig, type AgentOf, type TransitionsOf } from './agents/agents.js';
export { ddpgGradient, type DdpgContext, type DdpgGradient, type DdpgParameters } from './agents/ddpg.js';
export { type AgentImprovements, type AgentOptions, type AgentPreset } from './agents/presets.js';
export { SetAgent, type ElementAction, type SetAgentConfig } from './agents/set-agent.js';
export { SimplexAgent, type SimplexAgentConfig } from './agents/simplex-agent.js';

export {
  MetaOptimiser,
  type LearningRateDecay,
  type MetaOptimiserOptions,
  type MetaOptimiserState,
  type WeightedGradient,
} from './meta/meta-optimiser.js';
export {
  DEFAULT_INNER_STEP,
  META_METHODS,
  type InnerStepOptions,
  type MetaMethod,
} from './meta/inner-step.js';
export { taskContribution, type MetaTask, type TaskContribution } from './meta/task-contribution.js';
export { TASK_WEIGHTINGS, taskWeights, type TaskWeighting } from './meta/task-weights.js';
export { TaskWeigher, type TaskVariance, type WeighedTask } from './meta/task-weigher.js';

export { type AdaptationOptions } from './adaptation/adaptation-options.js';
export { Adapter, type AdaptationRounds, type AdapterContext, type Judgement } from './adaptation/adapter.js';
export { type PolicyGain } from './adaptation/policy-gain.js';
