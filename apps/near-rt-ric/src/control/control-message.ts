import { type RanControl } from '@ricochet/contracts';
import { type ProcedureFailure, type RicControlRequest } from '@ricochet/e2ap';
import {
  packSlicePrbQuota,
  rc,
  rcControlFault,
  ricochet,
  ricochetControlFault,
  SLICE_PRB_QUOTA,
  textOfOutcome,
} from '@ricochet/e2sm';
import { oneLine, RicochetError } from '@ricochet/platform';
import { plmnOf } from '@ricochet/ran-types';
import { ranFunctionOf, type E2Node } from '../e2/e2-node.js';
import { maxAlone, takesNoQuota } from './quota-manner.js';

/** A control is not even sent; says why in words. */
export class ControlRefused extends RicochetError {
  constructor(message: string) {
    super('CONTROL_REFUSED', message);
  }
}

type ControlMessage = Pick<RicControlRequest, 'ranFunctionId' | 'ricControlHeader' | 'ricControlMessage'>;

/** The header wants a UE id even where the control is about the cell, and srsRAN's nodes one of theirs. */
const NO_UE = { gnbDuUeId: { gnbCuUeF1apId: 0 } } as const;

/** The same for all UE weights. */
const WEIGHTS_HEADER = ricochet.controlHeader.encode({ controlStyle: 1 });

/**
 * Header and message of a control, in the form of the node's profile.
 * @throws ControlRefused when the node does not offer the service model, or its definition does not allow the control
 */
export function packControl(node: E2Node, control: RanControl): ControlMessage {
  const model = control.kind === 'slice-quota' ? rc : ricochet;
  const offered = ranFunctionOf(node, model);
  const refused = (fault: string): ControlRefused => new ControlRefused(`${node.nodeId} ${fault}`);
  if (offered === undefined) {
    const { quotaApplies } = node.profile.rc;
    const takesNone = control.kind === 'slice-quota' && quotaApplies === 'none';
    throw refused(takesNone ? takesNoQuota(node.profile) : `offers no ${model.shortName}`);
  }
  const { ranFunctionId, rc: rcDefinition, ricochet: ricochetDefinition } = offered;
  if (offered.fault !== undefined) throw new ControlRefused(`${node.nodeId}: ${offered.fault}`);
  if (control.kind === 'slice-quota') {
    const { quotaNumbering: numbering } = node.profile.rc;
    const message = packSlicePrbQuota(plmnOf(node.globalId), control.ratios, { numbering });
    const { ranParameters } = message.format1;
    const fault = rcDefinition && rcControlFault(rcDefinition, { ...SLICE_PRB_QUOTA, ranParameters });
    if (fault !== undefined) throw refused(fault);
    return {
      ranFunctionId,
      ricControlHeader: rc.controlHeader.encode({
        format1: { ueId: node.reportedUe ?? NO_UE, ...SLICE_PRB_QUOTA },
      }),
      ricControlMessage: rc.controlMessage.encode(message),
    };
  }
  const slices = control.slices.map(({ snssai }) => snssai);
  const fault = ricochetDefinition && ricochetControlFault(ricochetDefinition, slices);
  if (fault !== undefined) throw refused(fault);
  return {
    ranFunctionId,
    ricControlHeader: WEIGHTS_HEADER,
    ricControlMessage: ricochet.controlMessage.encode({
      slices: control.slices.map(({ snssai, weights }) => ({ snssai, ues: weights })),
    }),
  };
}

/** What of an acknowledged control a node of this make does not put in force. */
export function notInForce({ profile }: E2Node, control: RanControl): string | undefined {
  if (control.kind !== 'slice-quota' || profile.rc.quotaApplies !== 'max-only') return undefined;
  const asksForMore = control.ratios.some(
    ({ minRatio, dedicatedRatio }) => minRatio > 0 || dedicatedRatio > 0,
  );
  if (!asksForMore) return undefined;
  return maxAlone(profile.name);
}

/** What went wrong, with what the node says of it in the outcome of the control's service model. */
export function failureOf({ pdu, message }: ProcedureFailure, control: RanControl): string {
  if (pdu.message !== 'RICcontrolFailure' || pdu.value.ricControlOutcome === undefined) return message;
  const { ricControlOutcome } = pdu.value;
  try {
    const text =
      control.kind === 'slice-quota'
        ? textOfOutcome(rc.controlOutcome.decode(ricControlOutcome))
        : ricochet.controlOutcome.decode(ricControlOutcome).text;
    return text === undefined ? message : oneLine(`${message}: ${text}`);
  } catch {
    return message;
  }
}
