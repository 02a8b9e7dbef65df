import { type NrCgi, type RrmPolicyRatio } from '@ricochet/ran-types';
import { E2smError } from '../service-model.js';
import { type CccControlMessage } from './control.js';
import { type CccRrmPolicyRatio, RRM_POLICY_RATIO } from './rrm-policy-ratio.js';

/** Control style 2, Cell Configuration and Control (E2SM-CCC clause 7.6.2). */
export const CELL_CONFIGURATION = { controlHeaderFormat: { ricStyleType: 2 } } as const;

/**
 * Packs slice quotas of a cell as O-RRMPolicyRatio, one structure a slice. Nodes want old values too; what they
 * were is not known here, so these name the slice alone.
 */
export function packCellRrmPolicy(cell: NrCgi, ratios: readonly RrmPolicyRatio[]): CccControlMessage {
  return {
    controlMessageFormat: {
      listOfCellsControlled: [
        {
          cellGlobalId: {
            plmnIdentity: { ...cell.plmn },
            nRCellIdentity: cell.nci.toString(16).toUpperCase().padStart(9, '0'),
          },
          listOfConfigurationStructures: ratios.map((ratio) => {
            const { sst, sd } = ratio.snssai;
            const slice = {
              resourceType: 'PRB' as const,
              rRMPolicyMemberList: [
                { plmnId: { ...cell.plmn }, snssai: sd === undefined ? { sst } : { sst, sd } },
              ],
            };
            const asked = {
              ...slice,
              rRMPolicyMaxRatio: ratio.maxRatio,
              rRMPolicyMinRatio: ratio.minRatio,
              rRMPolicyDedicatedRatio: ratio.dedicatedRatio,
            };
            return {
              ranConfigurationStructureName: RRM_POLICY_RATIO,
              oldValuesOfAttributes: { ranConfigurationStructure: slice },
              newValuesOfAttributes: { ranConfigurationStructure: asked },
            };
          }),
        },
      ],
    },
  };
}

/**
 * The slice quotas of a control message, by cell; ratios left out are TS 28.541's defaults.
 * @throws {E2smError} for other structures and for members without S-NSSAI, with the path
 */
export function unpackCellRrmPolicy(message: CccControlMessage): { cell: NrCgi; ratios: RrmPolicyRatio[] }[] {
  const cells = message.controlMessageFormat.listOfCellsControlled;
  if (cells === undefined) throw new E2smError('listOfCellsControlled: a quota of cells is wanted');
  return cells.map(
    ({ cellGlobalId: { plmnIdentity, nRCellIdentity }, listOfConfigurationStructures }, at) => ({
      cell: {
        plmn: { mcc: plmnIdentity.mcc, mnc: plmnIdentity.mnc },
        nci: Number.parseInt(nRCellIdentity, 16),
      },
      ratios: listOfConfigurationStructures.flatMap((structure, place) => {
        const path = `listOfCellsControlled[${at}].listOfConfigurationStructures[${place}]`;
        if (structure.ranConfigurationStructureName !== RRM_POLICY_RATIO) {
          throw new E2smError(
            `${path}: expected ${RRM_POLICY_RATIO}, found ${structure.ranConfigurationStructureName}`,
          );
        }
        return ratiosOf(structure.newValuesOfAttributes.ranConfigurationStructure, path);
      }),
    }),
  );
}

function ratiosOf(structure: CccRrmPolicyRatio, path: string): RrmPolicyRatio[] {
  const { rRMPolicyMemberList: members = [] } = structure;
  if (members.length === 0) throw new E2smError(`${path}.rRMPolicyMemberList: expected a slice, found none`);
  return members.map(({ snssai }, place) => {
    if (snssai === undefined) throw new E2smError(`${path}.rRMPolicyMemberList[${place}].snssai: is missing`);
    const { sst, sd } = snssai;
    return {
      snssai: sd === undefined ? { sst } : { sst, sd: sd.toLowerCase() },
      minRatio: structure.rRMPolicyMinRatio ?? 0,
      maxRatio: structure.rRMPolicyMaxRatio ?? 100,
      dedicatedRatio: structure.rRMPolicyDedicatedRatio ?? 0,
    };
  });
}
