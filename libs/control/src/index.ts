export {
  type Controller,
  isRuleController,
  LEARNED,
  parseController,
  type RuleController,
} from './controller.js';
export { jainIndex } from './lab/jain.js';
export { type LabOptions, runLab } from './lab/lab.js';
export { LabMeter, type LabResult, type LabSliceResult } from './lab/lab-meter.js';
export { createRules, type DuPolicy, RulePolicy } from './environment/du-policy.js';
export {
  type DuAction,
  type EnvironmentOptions,
  type EnvironmentState,
  type EnvironmentStep,
  SlicingEnvironment,
  SPLIT_PERIOD_MS,
  type SplitStep,
} from './environment/environment.js';
export type { HiddenTask } from './environment/hidden-task.js';
export { play, type PlayOptions } from './environment/play.js';
export { nodeIdOf, reportOf, type ReportSource } from './environment/report-of.js';
export { sharesOfAction } from './learning/high-action.js';
export {
  BASE_SPLIT_AT,
  CONTEXT_STATE_SIZE,
  ContextState,
  type ToldReward,
} from './learning/context-state.js';
export { HIGH_STATE_SIZE, highReward, highState } from './learning/high-state.js';
export { RewardModel } from './learning/reward-model.js';
export { lowReward } from './learning/low-reward.js';
export {
  BASE_WEIGHT_AT,
  type LowState,
  lowState,
  type SliceQuotaInForce,
  UE_FEATURES,
} from './learning/low-state.js';
export { ObservationError } from './observation/observation.error.js';
export { observeQuotas } from './observation/quota-observation.js';
export {
  type Carrier,
  observeSlices,
  SLICE_MEASUREMENTS,
  type SliceObservation,
} from './observation/slice-observation.js';
export { observeUes, UE_MEASUREMENTS, type UeObservation } from './observation/ue-observation.js';
export { ClairvoyantOracle, type OracleOptions, type SplitOutcome } from './oracle/clairvoyant-oracle.js';
export { perNode, seedOfNode } from './per-node.js';
export { type QuotaMode, quotaOf } from './quota.js';
export type { RuleOptions } from './rule-options.js';
export type { SchedulerRule } from './scheduler/scheduler-rule.js';
export {
  createSchedulerRule,
  SCHEDULER_RULE_NAMES,
  type SchedulerRuleName,
} from './scheduler/scheduler-rules.js';
export type { Intervention, InterventionCounts, InterventionKind } from './shield/intervention.js';
export { observeSla, SHIELDED_SLICE_MEASUREMENTS } from './shield/shield-measurements.js';
export type { SlaGuardOptions } from './shield/sla-guard.js';
export {
  type ShieldedPeriod,
  type ShieldedSplit,
  SplitShield,
  type SplitShieldOptions,
} from './shield/split-shield.js';
export { type ShieldedWeights, WeightShield } from './shield/weight-shield.js';
export { type SplitRule } from './split/split-rule.js';
export { type Precedence, UrllcFirstSplit, type UrllcFirstOptions } from './split/urllc-first-split.js';
export { createSplitRule, SPLIT_RULE_NAMES, type SplitRuleName } from './split/split-rules.js';
