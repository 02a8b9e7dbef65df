export { BusError, getVector, putVector, type Bus } from '@ricochet/bus';
export {
  type ControlConflict,
  type ControlEffect,
  type DataChange,
  type KpiGuard,
  type RanControl,
  type SubscriptionNotice,
  type RoundClosed,
  type SubscriptionSpec,
  type XAppPolicy,
  MODEL_POLICY_TYPES,
  modelPolicySchema,
  nodeSelectionSchema,
  SLICE_SLA_POLICY_TYPE,
  sliceSlaPolicySchema,
} from '@ricochet/contracts';
export { formatSNssai, type SNssai } from '@ricochet/ran-types';
export { type Control, type ControlResult, type Ric } from './control.js';
export { defineXApp, type XAppContext, type XAppDefinition, type XAppHandlers } from './define-xapp.js';
export { describeXApp, type XAppDescription } from './describe-xapp.js';
export { LearningClient, type Model } from './learning-client.js';
export { type Counter, type Gauge, type Histogram, type Metrics } from './metrics-book.js';
export { packageOf } from './package-of.js';
export { type Quantity, type QuantityOf } from './quantity.js';
export { type Report, type ReportOf, type RowAt } from './report.js';
export { type Json, type SharedData } from './shared-data.js';
export { type Cancel, type TimerHandler } from './simulation-clock.js';
export { subscription, type Subscription } from './subscription.js';
export {
  testXApp,
  type TestControl,
  type TestReport,
  type TestRow,
  type XAppTest,
  type XAppTestOptions,
} from './test-xapp.js';
export { runXApp } from './run-xapp.js';
export { defineRApp, type RApp, type RAppContext, type RAppDefinition } from './define-rapp.js';
export { runRApp } from './run-rapp.js';
