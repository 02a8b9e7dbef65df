import { profiles, type RanFunctionItem } from '@ricochet/e2ap';
import { ControlRejected, f1Setup, failureOutcome, nodeHandlers } from '@ricochet/e2-node';
import { kpm } from '@ricochet/e2sm';
import { prepareControl } from '../control-executor.js';
import { type Du } from '../du.js';
import { compileReport } from '../kpm-report.js';
import { nrCgiOf, ranFunctions } from '../ran-functions.js';
import { type Persona } from './persona.js';

/** A node as the specifications have it. */
export const oran: Persona = {
  profile: profiles.oran,
  beginsProcedures: true,
  survivesGarbage: true,
  kpm: {
    isNumbered: true,
    compile(du, action) {
      const pack = compileReport(du, action);
      return (window) => kpm.indicationMessage.encode(pack(window));
    },
    header: (startMs) => kpm.indicationHeader.encode({ collectionStartTimeMs: startMs }),
  },
  globalId: (du) => du,
  setup: (du) => ({
    globalE2NodeId: du.globalId,
    ranFunctionsAdded: offered(du),
    componentConfigurationAddition: [
      f1Setup(du.globalId.gnbDuId ?? 0, {
        nrCgi: nrCgiOf(du.globalId),
        prbs: du.radio.config.prbsPerCell,
        sliceSupport: slicesOf(du),
      }),
    ],
  }),
  handlers: (node) =>
    nodeHandlers({
      offered: () => offered(node.du),
      subscribe: (request) => node.subscribe(request),
      unsubscribe: (ricRequestId) => node.unsubscribe(ricRequestId),
      forgetSubscriptions: () => node.forgetSubscriptions(),
      control(request) {
        const result = node.control(request, () => prepareControl(request, node.du));
        if (!(result instanceof ControlRejected)) return { outcome: result.outcome };
        return { cause: result.e2apCause, outcome: failureOutcome(request.ranFunctionId, result.message) };
      },
      warn: (line) => node.warn(line),
      stayAway: (forMs) => node.stayAway(forMs),
    }),
};

const slicesOf = ({ radio }: Du) => radio.slices.map(({ snssai }) => snssai);

const offered = (du: Du): RanFunctionItem[] => ranFunctions(slicesOf(du));
