export { serveLogIns, type Admission, type ConnectionId, type LogIn, type Verdict } from './auth-callout.js';
export { Bus, type BusOptions, type Unsubscribe } from './bus.js';
export { BusError, type BusErrorCode } from './bus.error.js';
export { CalloutIssuer } from './callout-issuer.js';
export { EmbeddedNats, type EmbeddedNatsOptions } from './embedded-nats.js';
export { KeyValue, type KeyValueEntry, type KeyValueLimits } from './key-value.js';
export { decodeMessage, encodeMessage, errorReply, type Reply } from './message.codec.js';
export { getVector, putVector } from './object-store.js';
export { ServerConnections } from './server-connections.js';
