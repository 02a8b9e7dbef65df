import { type Cause, type RicControlRequest } from '@ricochet/e2ap';
import { E2smError, outcomeOfText, rc, ricochet, SLICE_PRB_QUOTA, unpackSlicePrbQuota } from '@ricochet/e2sm';
import { type RrmPolicyRatio } from '@ricochet/ran-types';

/** A control that can not be executed, and why. */
export class ControlRejected extends Error {
  constructor(
    readonly e2apCause: Cause,
    message: string,
  ) {
    super(message);
    this.name = 'ControlRejected';
  }
}

export function invalidControl(text: string): ControlRejected {
  return new ControlRejected({ ricRequest: 'control-message-invalid' }, text);
}

export function controlNotSupported(what: string): ControlRejected {
  return new ControlRejected({ ricRequest: 'action-not-supported' }, `${what} is not offered`);
}

/**
 * The ratios that an RC control asks for, whatever their values.
 * @throws ControlRejected when it is none of the slice-level PRB quota, or can not be read
 */
export function askedQuota(request: RicControlRequest): RrmPolicyRatio[] {
  try {
    const header = rc.controlHeader.decode(request.ricControlHeader);
    if (!('format1' in header)) throw controlNotSupported(`control header ${Object.keys(header)[0]}`);
    const { ricStyleType, ricControlActionId } = header.format1;
    if (
      ricStyleType !== SLICE_PRB_QUOTA.ricStyleType ||
      ricControlActionId !== SLICE_PRB_QUOTA.ricControlActionId
    ) {
      throw controlNotSupported(`control style ${ricStyleType}, action ${ricControlActionId}`);
    }
    return unpackSlicePrbQuota(rc.controlMessage.decode(request.ricControlMessage));
  } catch (error) {
    if (!(error instanceof E2smError)) throw error;
    throw invalidControl(error.message);
  }
}

/** Why a control of a RAN function failed, as the function's service model tells it; `undefined` for none of ours. */
export function failureOutcome(ranFunctionId: number, text: string): Uint8Array | undefined {
  if (ranFunctionId === rc.ranFunctionId) return rc.controlOutcome.encode(outcomeOfText(text));
  if (ranFunctionId === ricochet.ranFunctionId) {
    return ricochet.controlOutcome.encode({ unknownUes: [], text });
  }
  return undefined;
}
