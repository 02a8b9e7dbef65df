export { Bus, type BusOptions, type Unsubscribe } from './bus.js';
export { BusError, type BusErrorCode } from './bus.error.js';
export { EmbeddedNats, type EmbeddedNatsOptions } from './embedded-nats.js';
export { decodeMessage, encodeMessage, errorReply, type Reply } from './message.codec.js';
export { getVector, putVector } from './object-store.js';
