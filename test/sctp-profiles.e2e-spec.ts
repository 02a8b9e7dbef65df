import { sctpLacks } from './support/sctp.js';
import { describeVendorNodes } from './support/vendor-nodes.js';

const RIC = 'sctp://127.0.0.1:36441';

const lacks = sctpLacks();

// Where the kernel has no SCTP the name of what is skipped says so.
(lacks === undefined ? describe : describe.skip)(lacks ?? 'where the kernel has it', () => {
  describeVendorNodes('sctp', { ric: { RICOCHET_E2_LISTEN: RIC }, sim: { RICOCHET_E2: RIC } });
});
