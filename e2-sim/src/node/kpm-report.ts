import {
  measurementName,
  placeOfSlice,
  type Reader,
  record,
  recordingOf,
  REPORT_STYLES,
  slicesMeeting,
} from '@ricochet/e2-node';
import {
  E2smError,
  type KpmActionDefinition,
  type KpmIndicationMessage,
  type MatchingUeCondition,
  type MeasurementInfoItem,
  type MeasurementLabel,
} from '@ricochet/e2sm';
import { type KpiWindow, type RadioNetwork } from '@ricochet/radio';
import { isKpiName, KPI_CATALOGUE, type KpiLevel, type KpiName } from '@ricochet/ran-types';
import { type Du } from './du.js';

/** Packs the reports of one KPM action of one DU. */
export type ReportPacker = (window: KpiWindow) => KpmIndicationMessage;

/** Of TS 38.214 tables 5.2.2.1-2 to -4. */
const MAX_CQI = 15;

/**
 * Compiles an action definition into what packs its reports.
 * @throws E2smError naming the measurement, label or condition that this node can not report.
 */
export function compileReport(du: Du, action: KpmActionDefinition): ReportPacker {
  const { reportStyle } = action;
  if (reportStyle === REPORT_STYLES.node && 'format1' in action) {
    return compileNodeReport(du, action.format1.measInfoList);
  }
  if (reportStyle === REPORT_STYLES.ue && 'format4' in action) {
    const { matchingUeConditions, subscriptionInfo } = action.format4;
    return compileUeReport(du, {
      conditions: matchingUeConditions,
      measurements: subscriptionInfo.measInfoList,
    });
  }
  throw new E2smError(`report style ${reportStyle} is not offered, or not with this action definition`);
}

function compileNodeReport({ radio, cell }: Du, items: readonly MeasurementInfoItem[]): ReportPacker {
  const readers = items.flatMap((item) =>
    item.labels.map((label) => nodeReader(radio, cell, { measName: measurementName(item), label })),
  );
  return (window) => ({ format1: { measData: [record(readers, window, 0)] } });
}

function nodeReader(
  radio: RadioNetwork,
  cell: number,
  { measName, label }: { measName: string; label: MeasurementLabel },
): Reader<KpiWindow> {
  const [kind, ...others] = Object.keys(label);
  if (others.length > 0) throw new E2smError(`${measName}: labels are not offered together`);
  if (label.sliceId !== undefined) {
    const name = measurable(measName, 'slice');
    const slice = placeOfSlice(slicesOf(radio), label.sliceId);
    return { ...recordingOf(name), read: (window) => window.slice(name, cell, slice) };
  }
  const name = measurable(measName, 'cell');
  if (label.distBinX !== undefined) {
    const bin = label.distBinX;
    if (name !== 'CARR.WBCQIDist') throw new E2smError(`${measName} has no bins`);
    if (bin < 0 || bin > MAX_CQI) throw new E2smError(`${measName} has no bin ${bin}`);
    return { ...recordingOf(name), read: (window) => window.cqiCount(cell, bin) };
  }
  if (label.noLabel === undefined) throw new E2smError(`${measName}: label ${kind ?? 'none'} is not offered`);
  return { ...recordingOf(name), read: (window) => window.cell(name, cell) };
}

function compileUeReport(
  { radio, cell, ueIds }: Du,
  {
    conditions,
    measurements,
  }: { conditions: readonly MatchingUeCondition[]; measurements: readonly MeasurementInfoItem[] },
): ReportPacker {
  const readers = measurements.map((item): Reader<KpiWindow> => {
    const measName = measurementName(item);
    if (!item.labels.every((label) => label.noLabel)) throw new E2smError(`${measName}: a UE has no labels`);
    const name = measurable(measName, 'ue');
    return { ...recordingOf(name), read: (window, ue) => window.ue(name, ue) };
  });
  const withoutValues = { kinds: 'n'.repeat(readers.length), values: readers.map(() => 0) };
  const slices = slicesMeeting(slicesOf(radio), conditions);
  return (window) => {
    const ueMeasReportList = slices.flatMap((slice) =>
      Array.from(window.membersOf(cell, slice), (ue) => ({
        ueId: { gnbDuUeId: { gnbCuUeF1apId: ueIds.idOf(ue) } },
        measReport: { measData: [record(readers, window, ue)] },
      })),
    );
    // A format 3 message can not be empty: that there is no UE is told by a record that has no value.
    return ueMeasReportList.length > 0
      ? { format3: { ueMeasReportList } }
      : { format1: { measData: [withoutValues] } };
  };
}

const slicesOf = (radio: RadioNetwork) => radio.slices.map(({ snssai }) => snssai);

function measurable(measName: string, level: KpiLevel): KpiName {
  if (
    !isKpiName(measName) ||
    !KPI_CATALOGUE[measName].levels.some((offered: KpiLevel) => offered === level)
  ) {
    throw new E2smError(`${measName} is not measured at ${level} level`);
  }
  return measName;
}
