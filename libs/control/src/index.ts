export { type Controller, parseController, UnknownControllerError } from './controller.js';
export { jainIndex } from './lab/jain.js';
export { type LabOptions, runLab, SPLIT_PERIOD_MS, WEIGHT_PERIOD_MS } from './lab/lab.js';
export type { LabResult, LabSliceResult } from './lab/lab-meter.js';
export { reportOf, type ReportSource } from './lab/report-of.js';
export { ObservationError } from './observation/observation.error.js';
export {
  type Carrier,
  observeSlices,
  PAPER_CARRIER,
  SLICE_MEASUREMENTS,
  type SliceObservation,
} from './observation/slice-observation.js';
export { observeUes, UE_MEASUREMENTS, type UeObservation } from './observation/ue-observation.js';
export { perNode, seedOfNode } from './per-node.js';
export { type QuotaMode, quotaOf } from './quota.js';
export type { RuleOptions } from './rule-options.js';
export type { SchedulerRule } from './scheduler/scheduler-rule.js';
export {
  createSchedulerRule,
  SCHEDULER_RULE_NAMES,
  type SchedulerRuleName,
} from './scheduler/scheduler-rules.js';
export { SHARE_FLOOR, type SplitRule } from './split/split-rule.js';
export { createSplitRule, SPLIT_RULE_NAMES, type SplitRuleName } from './split/split-rules.js';
