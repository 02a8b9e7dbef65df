export { E2AP_PORT, parseE2Address, type E2Address, type SctpE2Address } from './e2-address.js';
export { type LivenessOptions } from './nats/nats-association.js';
export { connectE2OverNats, type NatsE2ConnectOptions } from './nats/nats-e2-client.js';
export { NatsE2Server, type NatsE2ServerOptions } from './nats/nats-e2-server.js';
export { nodeTimers } from './node-timers.js';
export { type SctpLimits } from './sctp/sctp-association.js';
export { connectE2OverSctp, type SctpE2ConnectOptions } from './sctp/sctp-e2-client.js';
export { SctpE2Server, type SctpE2ServerOptions } from './sctp/sctp-e2-server.js';
export { SctpError, SctpUnavailable, type SctpErrorCode } from './sctp/sctp-error.js';
