import { connectE2OverSctp, nodeTimers } from '@ricochet/e2-transport';
import { describeHostilePeers } from './support/hostile-peers.js';
import { sctpLacks } from './support/sctp.js';

const PORT = 36_425;
const ADDRESS = `sctp://127.0.0.1:${PORT}`;
const lacks = sctpLacks();

if (lacks === undefined) {
  // Slowly, as the user-mode kernel has one CPU for all of this.
  describeHostilePeers('a peer over SCTP', {
    environment: {
      ric: { RICOCHET_E2_LISTEN: ADDRESS },
      sim: { RICOCHET_E2: ADDRESS, RICOCHET_SPEED: '0.1' },
    },
    // Fifty peers that set up take its one CPU for longer than a control may take.
    excused: /timed-out: RICcontrol: no answer/,
    connect: () => connectE2OverSctp({ host: '127.0.0.1', port: PORT, timers: nodeTimers, timeoutMs: 5_000 }),
  });
} else {
  describe.skip(`a peer over SCTP (${lacks})`, () => {
    it('does what it can', () => undefined);
  });
}
