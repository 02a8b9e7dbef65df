export {
  askedQuota,
  ControlRejected,
  controlNotSupported,
  failureOutcome,
  invalidControl,
} from './control-rejected.js';
export { CellKpis } from './kpis/cell-kpis.js';
export { E2Link, type E2LinkOptions, type NodeLog } from './e2-link.js';
export { measurementName, placeOfSlice, recordingOf, slicesMeeting } from './kpm-asked.js';
export { record, type Reader } from './kpm-record.js';
export { KpmSubscriptions, type KpmSubscription, type KpmSubscriptionsOptions } from './kpm-subscriptions.js';
export { nodeHandlers, type HandledNode, type SubscriptionAnswer } from './node-handlers.js';
export { f1CellStatus, f1Setup, kpmFunction, quotaFunction, REPORT_STYLES } from './ran-functions.js';
export { RanNodes, type RanNodesOptions } from './ran-node/ran-nodes.js';
export * from './ran.js';
export { type OwnTime, SampleClock, type SampleTime } from './sample-clock.js';
