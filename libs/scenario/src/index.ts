export {
  type Assertion,
  formatAssertion,
  type Quantity,
  type RunCount,
  SAMPLED_KPIS,
  type SampledKpi,
} from './assertions/assertion.js';
export type { ScenarioAssertion } from './assertions/assertion.schema.js';
export { parseAssertion } from './assertions/parse-assertion.js';
export { oneOf } from './describe-issue.js';
export { DURATION_FORMAT, parseDuration } from './duration.js';
export type { E2Fault } from './e2-fault.schema.js';
export type { RicFault } from './ric-fault.schema.js';
export { cellsOf, type ScenarioEvent } from './event.schema.js';
export type { ScenarioNetwork } from './network.schema.js';
export { scenarioJsonSchema } from './json-schema.js';
export { LEARNING_DEFAULTS } from './learning.schema.js';
export { EventError, parseEvent } from './parse-event.js';
export {
  type NetworkFault,
  parseScenario,
  parseSettings,
  parseTaskFamily,
  type ScenarioCheck,
  type ScenarioFault,
} from './parse-scenario.js';
export { ScenarioError, type ScenarioProblem } from './scenario.error.js';
export type { Scenario, ScenarioXapp } from './scenario.schema.js';
export {
  type LimitName,
  servedShare,
  type Sla,
  SLA_MEASUREMENTS,
  slaSchema,
  type SlaResult,
  slaSatisfied,
  type SlaViolation,
  type SliceKpis,
  type SliceLimits,
} from './sla.js';
export {
  type HiddenInformation,
  TASK_SPLITS,
  type TaskFamily,
  type TaskSplit,
} from './task-family.schema.js';
export { parseSeeds, SEEDS_FORMAT } from './seeds.js';
export { timeLine } from './time-line.js';
