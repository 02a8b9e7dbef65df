import { type RanFunctionItem } from '@ricochet/e2ap';
import { kpmFunction, quotaFunction } from '@ricochet/e2-node';
import { ricochet } from '@ricochet/e2sm';
import {
  KPI_CATALOGUE,
  KPI_NAMES,
  type GnbNodeId,
  type KpiLevel,
  type KpiName,
  type NrCgi,
  type SNssai,
} from '@ricochet/ran-types';

/** What every simulated DU offers: KPM, RC and our own model of UE weights. */
export function ranFunctions(slices: readonly SNssai[]): RanFunctionItem[] {
  return [
    kpmFunction({ node: measured(['cell', 'slice']), ue: measured(['ue']) }),
    quotaFunction(),
    {
      ranFunctionId: ricochet.ranFunctionId,
      ranFunctionRevision: 1,
      ranFunctionOid: ricochet.oid,
      ranFunctionDefinition: ricochet.ranFunctionDefinition.encode({
        ranFunctionName: {
          shortName: ricochet.shortName,
          e2smOid: ricochet.oid,
          description: 'UE scheduling weights by slice',
        },
        slices: [...slices],
      }),
    },
  ];
}

/** The cell of a simulated DU. */
export function nrCgiOf({ plmn, gnbDuId = 0 }: GnbNodeId): NrCgi {
  return { plmn, nci: gnbDuId };
}

function measured(levels: readonly KpiLevel[]): KpiName[] {
  return KPI_NAMES.filter((kpi) =>
    KPI_CATALOGUE[kpi].levels.some((level: KpiLevel) => levels.includes(level)),
  );
}
