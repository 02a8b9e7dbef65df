export { type LivenessOptions } from './nats/nats-association.js';
export { connectE2OverNats, type NatsE2ConnectOptions } from './nats/nats-e2-client.js';
export { NatsE2Server, type NatsE2ServerOptions } from './nats/nats-e2-server.js';
export { nodeTimers } from './node-timers.js';
