import { type RicIndication } from '@ricochet/e2ap';
import { kpm } from '@ricochet/e2sm';

/** The report of one value that a node sends for a subscription at the end of a period of 100 ms. */
export function report(
  instanceId: number,
  sequence: number,
  change: Partial<RicIndication> = {},
): RicIndication {
  return {
    ricRequestId: { requestorId: 1, instanceId },
    ranFunctionId: 22,
    ricActionId: 1,
    ricIndicationSn: sequence % 65_536,
    ricIndicationType: 'report',
    ricIndicationHeader: kpm.indicationHeader.encode({ collectionStartTimeMs: (sequence - 1) * 100 }),
    ricIndicationMessage: kpm.indicationMessage.encode({
      format1: { measData: [{ kinds: 'r', values: [sequence / 2] }] },
    }),
    ...change,
  };
}
