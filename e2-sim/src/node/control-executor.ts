import { askedQuota, ControlRejected, controlNotSupported, invalidControl } from '@ricochet/e2-node';
import { E2smError, rc, ricochet } from '@ricochet/e2sm';
import { type RicControlRequest } from '@ricochet/e2ap';
import { type RadioNetwork } from '@ricochet/radio';
import {
  formatSNssai,
  isSameSNssai,
  rrmPolicyRatioFault,
  type RrmPolicyRatio,
  type SNssai,
} from '@ricochet/ran-types';
import { type Du } from './du.js';

/** A control that can be executed: one call changes the radio. */
export interface PreparedControl {
  readonly execute: () => void;
  readonly outcome?: Uint8Array | undefined;
}

type Executor = (request: RicControlRequest, du: Du) => PreparedControl;

/** Executors by RAN function id. */
const EXECUTORS: ReadonlyMap<number, Executor> = new Map([
  [rc.ranFunctionId, prepareSliceQuota],
  [ricochet.ranFunctionId, prepareUeWeights],
]);

/**
 * Reads a control request and checks it against the cell.
 * @throws ControlRejected
 */
export function prepareControl(request: RicControlRequest, du: Du): PreparedControl {
  const executor = EXECUTORS.get(request.ranFunctionId);
  if (executor === undefined) {
    const text = `RAN function ${request.ranFunctionId} takes no control here`;
    throw new ControlRejected({ ricRequest: 'ran-function-id-invalid' }, text);
  }
  try {
    return executor(request, du);
  } catch (error) {
    if (!(error instanceof E2smError)) throw error;
    throw invalidControl(error.message);
  }
}

function prepareSliceQuota(request: RicControlRequest, { radio, cell }: Du): PreparedControl {
  const asked = askedQuota(request);
  const changes = asked.map((ratio) => ({ slice: sliceIndexOf(radio, ratio.snssai), ratio }));
  const together = radio.slices.map(({ snssai }, slice): RrmPolicyRatio => {
    const change = changes.find((candidate) => candidate.slice === slice);
    return change?.ratio ?? { snssai, ...radio.sliceQuota(cell, slice) };
  });
  const fault = rrmPolicyRatioFault(asked) ?? rrmPolicyRatioFault(together);
  if (fault !== undefined) throw invalidControl(fault);
  return {
    execute: () => {
      for (const { slice, ratio } of changes) radio.setSliceQuota(cell, slice, ratio);
    },
  };
}

function prepareUeWeights(request: RicControlRequest, { radio, cell, ueIds }: Du): PreparedControl {
  const { controlStyle } = ricochet.controlHeader.decode(request.ricControlHeader);
  if (controlStyle !== 1) throw controlNotSupported(`control style ${controlStyle}`);
  const { slices } = ricochet.controlMessage.decode(request.ricControlMessage);
  const known: { ue: number; weight: number }[] = [];
  const unknownUes: number[] = [];
  for (const { snssai, ues } of slices) {
    const slice = sliceIndexOf(radio, snssai);
    for (const { ueId, weight } of ues) {
      const ue = ueIds.placeOf(ueId);
      const served =
        ue !== undefined &&
        radio.servingCells[ue] === cell &&
        radio.sliceOfUe[ue] === slice &&
        radio.activeUes[ue] === 1;
      if (served) known.push({ ue, weight });
      else unknownUes.push(ueId);
    }
  }
  return {
    execute: () => {
      for (const { ue, weight } of known) radio.setUeWeight(ue, weight);
    },
    ...(unknownUes.length > 0 && { outcome: ricochet.controlOutcome.encode({ unknownUes }) }),
  };
}

/** @throws ControlRejected for a slice that is not served */
export function sliceIndexOf(radio: RadioNetwork, snssai: SNssai): number {
  const index = radio.slices.findIndex((slice) => isSameSNssai(slice.snssai, snssai));
  if (index < 0) {
    const serves = radio.slices.map((slice) => formatSNssai(slice.snssai)).join(', ');
    throw invalidControl(`slice ${formatSNssai(snssai)} is not served here (${serves} are)`);
  }
  return index;
}
