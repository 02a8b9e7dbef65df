import { type RicControlRequest } from '@ricochet/e2ap';
import { ControlRejected } from '@ricochet/e2-node';
import {
  E2smError,
  rc,
  type RcControlHeader,
  type RcControlMessage,
  type RcRanFunctionDefinition,
  SLICE_PRB_QUOTA,
  SLICE_PRB_QUOTA_PARAMETERS,
  unpackSlicePrbQuota,
} from '@ricochet/e2sm';
import { type PreparedControl, sliceIndexOf } from '../control-executor.js';
import { type Du } from '../du.js';
import { ueOfF1Id } from './f1-ue-ids.js';

export const srsranRcDefinition: RcRanFunctionDefinition = {
  ranFunctionName: { shortName: rc.shortName, e2smOid: rc.oid, description: 'RAN Control' },
  controlStyles: [
    {
      type: SLICE_PRB_QUOTA.ricStyleType,
      name: 'Radio Resource Allocation Control',
      actions: [
        {
          id: SLICE_PRB_QUOTA.ricControlActionId,
          name: 'Slice-level PRB quota',
          ranParameters: [...SLICE_PRB_QUOTA_PARAMETERS],
        },
      ],
      headerFormatType: 1,
      messageFormatType: 1,
      callProcessIdFormatType: 1,
      outcomeFormatType: 1,
      outcomeParameters: [{ id: 1, name: 'test-outcome-ran-param' }],
    },
  ],
};

interface Quota {
  readonly header: Extract<RcControlHeader, { format1: unknown }>['format1'];
  readonly message: RcControlMessage;
}

/** The one control that there is, in formats 1; `undefined` for any other, to which there is no answer. */
export function quotaOf(request: RicControlRequest): Quota | undefined {
  try {
    const header = rc.controlHeader.decode(request.ricControlHeader);
    const message = rc.controlMessage.decode(request.ricControlMessage);
    if (!('format1' in header) || !('format1' in message)) return undefined;
    const { ricStyleType, ricControlActionId } = header.format1;
    const isQuota =
      ricStyleType === SLICE_PRB_QUOTA.ricStyleType &&
      ricControlActionId === SLICE_PRB_QUOTA.ricControlActionId;
    const known = new Set(SLICE_PRB_QUOTA_PARAMETERS.map(({ id }) => id));
    const isKnown = message.format1.ranParameters.every(({ ranParameterId }) => known.has(ranParameterId));
    return isQuota && isKnown ? { header: header.format1, message } : undefined;
  } catch (error) {
    if (error instanceof E2smError) return undefined;
    throw error;
  }
}

/**
 * All three ratios are asked for and the maximum takes effect. The header must name a UE that the DU serves, though
 * the quota is the slice's.
 * @throws ControlRejected
 */
export function prepareQuota({ header, message }: Quota, du: Du): PreparedControl {
  const { radio, cell } = du;
  const { ueId } = header;
  if (!('gnbDuUeId' in ueId)) throw failed('the control header names no gNB-DU UE');
  const { gnbCuUeF1apId } = ueId.gnbDuUeId;
  if (ueOfF1Id(du, gnbCuUeF1apId) === undefined) {
    throw failed(`the control header names UE ${gnbCuUeF1apId}, which is not here`);
  }
  const changes = ratiosOf(message).map(({ snssai, maxRatio }) => {
    if (maxRatio < 0 || maxRatio > 100) throw failed(`a maximum of ${maxRatio} %`);
    return { slice: sliceIndexOf(radio, snssai), maxRatio };
  });
  return {
    execute: () => {
      for (const { slice, maxRatio } of changes) {
        const { minRatio, dedicatedRatio } = radio.sliceQuota(cell, slice);
        radio.setSliceQuota(cell, slice, {
          maxRatio,
          minRatio: Math.min(minRatio, maxRatio),
          dedicatedRatio: Math.min(dedicatedRatio, maxRatio),
        });
      }
    },
  };
}

function ratiosOf(message: RcControlMessage) {
  try {
    return unpackSlicePrbQuota(message);
  } catch (error) {
    if (!(error instanceof E2smError)) throw error;
    throw failed(error.message);
  }
}

const failed = (text: string): ControlRejected => new ControlRejected({ misc: 'unspecified' }, text);
