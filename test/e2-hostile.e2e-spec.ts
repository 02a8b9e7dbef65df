import { connectE2OverNats, nodeTimers } from '@ricochet/e2-transport';
import { describeHostilePeers } from './support/hostile-peers.js';

let associations = 0;

describeHostilePeers('a peer over NATS', {
  connect: ({ bus }) =>
    connectE2OverNats({ bus, timers: nodeTimers, association: `peer-${associations++}`, timeoutMs: 5_000 }),
});
