import { type MeasurementsByLevel } from '@ricochet/e2ap';
import {
  E2smError,
  type KpmActionDefinition,
  type KpmIndicationMessage,
  type KpmMessageFormat1,
  type MatchingUeCondition,
  type MeasurementInfoItem,
} from '@ricochet/e2sm';
import { formatSNssai, isKpiName, type KpiLevel, type KpiName, type SNssai } from '@ricochet/ran-types';
import { sliceOf, type CellPeriod } from '../kpis/cell-period.js';
import { measurementName, placeOfSlice, recordingOf, slicesMeeting } from '../kpm-asked.js';
import { record, type Reader } from '../kpm-record.js';
import { REPORT_STYLES } from '../ran-functions.js';

/** Packs the report of one action over a period; how long that was is told with it. */
export type RanReportPacker = (period: CellPeriod) => KpmIndicationMessage;

export interface RanReportContext {
  /** The names that can be reported, by level. */
  readonly offered: MeasurementsByLevel;
  readonly slices: readonly SNssai[];
}

/**
 * Compiles an action definition into what packs its reports.
 * @throws E2smError naming the measurement, label or condition that the node does not offer
 */
export function compileRanReport(context: RanReportContext, action: KpmActionDefinition): RanReportPacker {
  const { reportStyle } = action;
  if (reportStyle === REPORT_STYLES.node && 'format1' in action) {
    return nodeReport(context, action.format1.measInfoList);
  }
  if (reportStyle === REPORT_STYLES.ue && 'format4' in action) {
    const { matchingUeConditions, subscriptionInfo } = action.format4;
    return ueReport(context, matchingUeConditions, subscriptionInfo.measInfoList);
  }
  throw new E2smError(`report style ${reportStyle} is not offered, or not with this action definition`);
}

function nodeReport(context: RanReportContext, items: readonly MeasurementInfoItem[]): RanReportPacker {
  const readers = items.flatMap((item) =>
    item.labels.map(({ sliceId, noLabel, ...others }): Reader<CellPeriod> => {
      const asked = measurementName(item);
      const [other] = Object.keys(others);
      if (other !== undefined || (sliceId === undefined && noLabel !== true)) {
        throw new E2smError(`${asked}: the label ${other ?? 'none'} is not offered`);
      }
      const name = offered(context, asked, sliceId === undefined ? 'cell' : 'slice');
      if (sliceId === undefined) {
        return { ...recordingOf(name), read: ({ cell }) => cell[name] ?? NaN };
      }
      placeOfSlice(context.slices, sliceId);
      return { ...recordingOf(name), read: (period) => sliceOf(period, sliceId)[name] ?? NaN };
    }),
  );
  return (period) => ({ format1: format1(readers, period) });
}

function ueReport(
  context: RanReportContext,
  conditions: readonly MatchingUeCondition[],
  items: readonly MeasurementInfoItem[],
): RanReportPacker {
  const readers = items.map((item): Reader<CellPeriod> => {
    const asked = measurementName(item);
    if (!item.labels.every(({ noLabel }) => noLabel)) throw new E2smError(`${asked}: a UE has no labels`);
    const name = offered(context, asked, 'ue');
    return { ...recordingOf(name), read: ({ ues }, ue) => ues.get(ue)?.kpis[name] ?? NaN };
  });
  const wanted = new Set(
    slicesMeeting(context.slices, conditions).map((place) => formatSNssai(context.slices[place]!)),
  );
  return (period) => {
    const ueMeasReportList = [...period.ues]
      .filter(([, { snssai }]) => snssai !== undefined && wanted.has(formatSNssai(snssai)))
      .map(([ueId]) => ({
        ueId: { gnbDuUeId: { gnbCuUeF1apId: ueId } },
        measReport: format1(readers, period, ueId),
      }));
    if (ueMeasReportList.length > 0) return { format3: { ueMeasReportList } };
    // A format 3 message can not be empty: that there is no UE is told by a record that has no value.
    const measData = [{ kinds: 'n'.repeat(readers.length), values: readers.map(() => 0) }];
    return { format1: { measData, granularityPeriodMs: Math.round(period.periodMs) } };
  };
}

function format1(readers: readonly Reader<CellPeriod>[], period: CellPeriod, ue = 0): KpmMessageFormat1 {
  return {
    measData: [record(readers, period, ue)],
    granularityPeriodMs: Math.round(period.periodMs),
  };
}

function offered({ offered: names }: RanReportContext, measName: string, level: KpiLevel): KpiName {
  if (!isKpiName(measName) || !names[level].includes(measName)) {
    throw new E2smError(`${measName} is not measured at ${level} level`);
  }
  return measName;
}
