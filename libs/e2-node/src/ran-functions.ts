import {
  encodeF1CellStatus,
  encodeF1Setup,
  type ComponentConfigurationItem,
  type F1Exchange,
  type F1ServedCell,
  type RanFunctionItem,
  type ServiceChanges,
} from '@ricochet/e2ap';
import { FAILURE_TEXT_PARAMETER, kpm, rc, SLICE_PRB_QUOTA, SLICE_PRB_QUOTA_PARAMETERS } from '@ricochet/e2sm';
import { type NrCgi } from '@ricochet/ran-types';

/** Of E2SM-KPM clause 7.4: the whole node, and UEs that meet a common condition. */
export const REPORT_STYLES = { node: 1, ue: 4 } as const;

export interface KpmOffer {
  /** Names of what can be reported of the cell or of a slice, and of a UE. */
  readonly node: readonly string[];
  readonly ue: readonly string[];
  /** Of the RAN function, in words. */
  readonly description?: string;
}

/** KPM by styles 1 and 4. */
export function kpmFunction({ node, ue, description = 'KPM monitor' }: KpmOffer): RanFunctionItem {
  const named = (names: readonly string[]) => names.map((measName) => ({ measName }));
  return {
    ranFunctionId: kpm.ranFunctionId,
    ranFunctionRevision: 1,
    ranFunctionOid: kpm.oid,
    ranFunctionDefinition: kpm.ranFunctionDefinition.encode({
      ranFunctionName: { shortName: kpm.shortName, e2smOid: kpm.oid, description },
      eventTriggerStyles: [{ type: 1, name: 'Periodic report', formatType: 1 }],
      reportStyles: [
        {
          type: REPORT_STYLES.node,
          name: 'E2 Node Measurement',
          actionFormatType: 1,
          measurements: named(node),
          indicationHeaderFormatType: 1,
          indicationMessageFormatType: 1,
        },
        {
          type: REPORT_STYLES.ue,
          name: 'Common Condition-based, UE-level Measurement',
          actionFormatType: 4,
          measurements: named(ue),
          indicationHeaderFormatType: 1,
          indicationMessageFormatType: 3,
        },
      ],
    }),
  };
}

/** RC with the slice-level PRB quota alone. */
export function quotaFunction(): RanFunctionItem {
  return {
    ranFunctionId: rc.ranFunctionId,
    ranFunctionRevision: 1,
    ranFunctionOid: rc.oid,
    ranFunctionDefinition: rc.ranFunctionDefinition.encode({
      ranFunctionName: { shortName: rc.shortName, e2smOid: rc.oid, description: 'RAN control' },
      controlStyles: [
        {
          type: SLICE_PRB_QUOTA.ricStyleType,
          name: 'Radio Resource Allocation Control',
          headerFormatType: 1,
          messageFormatType: 1,
          outcomeFormatType: 1,
          outcomeParameters: [FAILURE_TEXT_PARAMETER],
          actions: [
            {
              id: SLICE_PRB_QUOTA.ricControlActionId,
              name: 'Slice-level PRB quota',
              ranParameters: [...SLICE_PRB_QUOTA_PARAMETERS],
            },
          ],
        },
      ],
    }),
  };
}

/** A gNB-DU and its cell as they set up F1. */
export function f1Setup(gnbDuId: number, cell: F1ServedCell): ComponentConfigurationItem {
  return f1Component(gnbDuId, encodeF1Setup({ gnbDuId, gnbDuName: `DU ${gnbDuId}`, servedCells: [cell] }));
}

/** The DU's word on whether its cell is in service. */
export function f1CellStatus(
  gnbDuId: number,
  cell: { readonly nrCgi: NrCgi; readonly active: boolean },
): ComponentConfigurationItem {
  return f1Component(gnbDuId, encodeF1CellStatus({ gnbDuId, cells: [cell] }));
}

function f1Component(gnbDuId: number, exchange: F1Exchange): ComponentConfigurationItem {
  return { interfaceType: 'f1', componentId: { f1: { gnbDuId } }, ...exchange };
}

/** What the RIC knows of a RAN function. */
type KnownFunction = Pick<RanFunctionItem, 'ranFunctionId' | 'ranFunctionRevision'>;

const idOf = ({ ranFunctionId, ranFunctionRevision }: KnownFunction) => ({
  ranFunctionId,
  ranFunctionRevision,
});

/** What a RIC that knows these RAN functions has to be told (E2AP clause 8.3.4). */
export function changesSince(
  known: readonly KnownFunction[],
  functions: readonly RanFunctionItem[],
): ServiceChanges {
  const revisions = new Map(known.map((item) => [item.ranFunctionId, item.ranFunctionRevision]));
  const added = functions.filter(({ ranFunctionId }) => !revisions.has(ranFunctionId));
  const modified = functions.filter(
    ({ ranFunctionId, ranFunctionRevision }) =>
      revisions.has(ranFunctionId) && revisions.get(ranFunctionId) !== ranFunctionRevision,
  );
  const deleted = known.filter((item) =>
    functions.every(({ ranFunctionId }) => ranFunctionId !== item.ranFunctionId),
  );
  return {
    ...(added.length > 0 && { ranFunctionsAdded: added }),
    ...(modified.length > 0 && { ranFunctionsModified: modified }),
    ...(deleted.length > 0 && { ranFunctionsDeleted: deleted.map(idOf) }),
  };
}
