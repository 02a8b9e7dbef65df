export { BusError, getVector, putVector, type Bus } from '@ricochet/bus';
export {
  type ControlEffect,
  type RanControl,
  type SubscriptionNotice,
  type RoundClosed,
  type SubscriptionSpec,
  type XAppPolicy,
  MODEL_POLICY_TYPES,
  modelPolicySchema,
} from '@ricochet/contracts';
export {
  defineXApp,
  type ControlResult,
  type Report,
  type Ric,
  type XAppContext,
  type XAppDefinition,
  type XAppHandlers,
} from './define-xapp.js';
export { LearningClient, type Model } from './learning-client.js';
export { runXApp } from './run-xapp.js';
export { defineRApp, type RApp, type RAppContext, type RAppDefinition } from './define-rapp.js';
export { runRApp } from './run-rapp.js';
