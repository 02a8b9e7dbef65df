export {
  type ControlEffect,
  type RanControl,
  type SubscriptionNotice,
  type SubscriptionSpec,
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
export { runXApp } from './run-xapp.js';
