import {
  E2smError,
  type KpmActionDefinition,
  type KpmIndicationMessage,
  type MeasurementInfoItem,
  type MeasurementLabel,
  type MeasurementRecord,
} from '@ricochet/e2sm';
import { type KpiWindow, type RadioNetwork } from '@ricochet/radio';
import {
  formatSNssai,
  isSameSNssai,
  isKpiName,
  KPI_CATALOGUE,
  type KpiLevel,
  type KpiName,
  recorderOf,
  type SNssai,
} from '@ricochet/ran-types';
import { REPORT_STYLES } from './ran-functions.js';

/** Reads one value of a closed window; NaN where there is none. */
interface Reader {
  readonly kind: 'i' | 'r';
  readonly recorded: (value: number) => number;
  readonly read: (window: KpiWindow, ue: number) => number;
}

/** Packs the reports of one KPM action of one DU. */
export type ReportPacker = (window: KpiWindow) => KpmIndicationMessage;

/** Of TS 38.214 tables 5.2.2.1-2 to -4. */
const MAX_CQI = 15;

/**
 * Compiles an action definition into what packs its reports.
 * @throws E2smError naming the measurement, label or condition that this node can not report.
 */
export function compileReport(radio: RadioNetwork, cell: number, action: KpmActionDefinition): ReportPacker {
  if (action.reportStyle === REPORT_STYLES.node)
    return compileNodeReport(radio, cell, action.format1.measInfoList);
  const { matchingUeConditions, subscriptionInfo } = action.format4;
  return compileUeReport(radio, cell, {
    conditions: matchingUeConditions,
    measurements: subscriptionInfo.measInfoList,
  });
}

function compileNodeReport(
  radio: RadioNetwork,
  cell: number,
  items: readonly MeasurementInfoItem[],
): ReportPacker {
  const readers = items.flatMap(({ measName, labels }) =>
    labels.map((label) => nodeReader(radio, cell, { measName, label })),
  );
  return (window) => ({ format1: { measData: [record(readers, window, 0)] } });
}

function nodeReader(
  radio: RadioNetwork,
  cell: number,
  { measName, label }: { measName: string; label: MeasurementLabel },
): Reader {
  if ('sliceId' in label) {
    const name = measurable(measName, 'slice');
    const slice = sliceIndex(radio, label.sliceId);
    return { ...recordingOf(name), read: (window) => window.slice(name, cell, slice) };
  }
  const name = measurable(measName, 'cell');
  if ('distBinX' in label) {
    if (name !== 'CARR.WBCQIDist') throw new E2smError(`${measName} has no bins`);
    if (label.distBinX > MAX_CQI) throw new E2smError(`${measName} has no bin ${label.distBinX}`);
    return { ...recordingOf(name), read: (window) => window.cqiCount(cell, label.distBinX) };
  }
  return { ...recordingOf(name), read: (window) => window.cell(name, cell) };
}

type MatchingConditions = Extract<KpmActionDefinition, { reportStyle: 4 }>['format4']['matchingUeConditions'];

function compileUeReport(
  radio: RadioNetwork,
  cell: number,
  {
    conditions,
    measurements,
  }: { conditions: MatchingConditions; measurements: readonly MeasurementInfoItem[] },
): ReportPacker {
  const readers = measurements.map(({ measName, labels }): Reader => {
    if (!labels.every((label) => 'noLabel' in label)) throw new E2smError(`${measName}: a UE has no labels`);
    const name = measurable(measName, 'ue');
    return { ...recordingOf(name), read: (window, ue) => window.ue(name, ue) };
  });
  const slices = radio.slices.map((_, slice) => slice).filter((slice) => matches(radio, slice, conditions));
  return (window) => {
    const ueMeasReportList = slices.flatMap((slice) =>
      Array.from(radio.membersOf(cell, slice), (ue) => ({
        ueId: { gnbDuUeId: { gnbCuUeF1apId: ue } },
        measReport: { measData: [record(readers, window, ue)] },
      })),
    );
    return { format3: { ueMeasReportList } };
  };
}

function matches(radio: RadioNetwork, slice: number, conditions: MatchingConditions): boolean {
  return conditions.every(({ sNssai }) => 'present' in sNssai || sliceIndex(radio, sNssai.equal) === slice);
}

function measurable(measName: string, level: KpiLevel): KpiName {
  if (
    !isKpiName(measName) ||
    !KPI_CATALOGUE[measName].levels.some((offered: KpiLevel) => offered === level)
  ) {
    throw new E2smError(`${measName} is not measured at ${level} level`);
  }
  return measName;
}

function sliceIndex(radio: RadioNetwork, snssai: SNssai): number {
  const index = radio.slices.findIndex((slice) => isSameSNssai(slice.snssai, snssai));
  if (index < 0) throw new E2smError(`slice ${formatSNssai(snssai)} is not served here`);
  return index;
}

function recordingOf(name: KpiName): Pick<Reader, 'kind' | 'recorded'> {
  return { kind: KPI_CATALOGUE[name].record === 'integer' ? 'i' : 'r', recorded: recorderOf(name) };
}

function record(readers: readonly Reader[], window: KpiWindow, ue: number): MeasurementRecord {
  let kinds = '';
  const values = readers.map(({ kind, recorded, read }) => {
    const value = read(window, ue);
    const hasValue = !Number.isNaN(value);
    kinds += hasValue ? kind : 'n';
    return hasValue ? recorded(value) : 0;
  });
  return { kinds, values };
}
