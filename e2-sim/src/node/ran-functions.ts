import {
  encodeF1CellStatus,
  encodeF1Setup,
  type ComponentConfigurationItem,
  type F1Exchange,
  type RanFunctionItem,
} from '@ricochet/e2ap';
import {
  FAILURE_TEXT_PARAMETER,
  kpm,
  rc,
  ricochet,
  SLICE_PRB_QUOTA,
  SLICE_PRB_QUOTA_PARAMETERS,
} from '@ricochet/e2sm';
import { KPI_CATALOGUE, KPI_NAMES, type GnbNodeId, type KpiLevel, type SNssai } from '@ricochet/ran-types';

/** Of E2SM-KPM clause 7.4: the whole node, and UEs that meet a common condition. */
export const REPORT_STYLES = { node: 1, ue: 4 } as const;

/** What every simulated DU offers: KPM, RC and our own model of UE weights. */
export function ranFunctions(slices: readonly SNssai[]): RanFunctionItem[] {
  return [
    {
      ranFunctionId: kpm.ranFunctionId,
      ranFunctionRevision: 1,
      ranFunctionOid: kpm.oid,
      ranFunctionDefinition: kpm.ranFunctionDefinition.encode({
        ranFunctionName: name(kpm, 'KPM monitor'),
        eventTriggerStyles: [{ type: 1, name: 'Periodic report', formatType: 1 }],
        reportStyles: [
          {
            type: REPORT_STYLES.node,
            name: 'E2 Node Measurement',
            actionFormatType: 1,
            measurements: measured(['cell', 'slice']),
            indicationHeaderFormatType: 1,
            indicationMessageFormatType: 1,
          },
          {
            type: REPORT_STYLES.ue,
            name: 'Common Condition-based, UE-level Measurement',
            actionFormatType: 4,
            measurements: measured(['ue']),
            indicationHeaderFormatType: 1,
            indicationMessageFormatType: 3,
          },
        ],
      }),
    },
    {
      ranFunctionId: rc.ranFunctionId,
      ranFunctionRevision: 1,
      ranFunctionOid: rc.oid,
      ranFunctionDefinition: rc.ranFunctionDefinition.encode({
        ranFunctionName: name(rc, 'RAN control'),
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
    },
    {
      ranFunctionId: ricochet.ranFunctionId,
      ranFunctionRevision: 1,
      ranFunctionOid: ricochet.oid,
      ranFunctionDefinition: ricochet.ranFunctionDefinition.encode({
        ranFunctionName: name(ricochet, 'UE scheduling weights by slice'),
        slices: [...slices],
      }),
    },
  ];
}

/** The DU and its cell as they set up F1. */
export function f1Setup(
  { plmn, gnbDuId = 0 }: GnbNodeId,
  { prbs, slices }: { readonly prbs: number; readonly slices: readonly SNssai[] },
): ComponentConfigurationItem {
  const servedCells = [{ nrCgi: { plmn, nci: gnbDuId }, prbs, sliceSupport: slices }];
  return f1Component(gnbDuId, encodeF1Setup({ gnbDuId, gnbDuName: `DU ${gnbDuId}`, servedCells }));
}

/** The DU's word on whether its cell is in service. */
export function f1CellStatus({ plmn, gnbDuId = 0 }: GnbNodeId, active: boolean): ComponentConfigurationItem {
  const cells = [{ nrCgi: { plmn, nci: gnbDuId }, active }];
  return f1Component(gnbDuId, encodeF1CellStatus({ gnbDuId, cells }));
}

function f1Component(gnbDuId: number, exchange: F1Exchange): ComponentConfigurationItem {
  return { interfaceType: 'f1', componentId: { f1: { gnbDuId } }, ...exchange };
}

function name(model: { shortName: string; oid: string }, description: string) {
  return { shortName: model.shortName, e2smOid: model.oid, description };
}

function measured(levels: readonly KpiLevel[]): { measName: string }[] {
  return KPI_NAMES.filter((kpi) =>
    KPI_CATALOGUE[kpi].levels.some((level: KpiLevel) => levels.includes(level)),
  ).map((measName) => ({ measName }));
}
