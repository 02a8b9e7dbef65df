import {
  E2smError,
  type KpmActionDefinition,
  type KpmIndicationMessage,
  type MeasurementInfoItem,
  type MeasurementLabel,
  type MeasurementRecordItem,
} from '@ricochet/e2sm';
import { type KpiWindow, type RadioNetwork } from '@ricochet/radio';
import {
  formatSNssai,
  isKpiName,
  KPI_CATALOGUE,
  sNssaiToInteger,
  type KpiLevel,
  type KpiName,
  type SNssai,
} from '@ricochet/ran-types';
import { REPORT_STYLES } from './ran-functions.js';

/** Reads one value of a closed window. */
type Reader = (window: KpiWindow) => MeasurementRecordItem;
type UeReader = (window: KpiWindow, ue: number) => MeasurementRecordItem;

/** Packs the reports of one KPM action of one DU. */
export type ReportPacker = (window: KpiWindow) => KpmIndicationMessage;

/** Real values are told to this many decimals. */
const DECIMALS = 1e4;
const NO_VALUE: MeasurementRecordItem = { noValue: true };

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
    labels.map((label) => reader(radio, cell, { measName, label })),
  );
  return (window) => ({ format1: { measData: [readers.map((read) => read(window))] } });
}

function reader(
  radio: RadioNetwork,
  cell: number,
  { measName, label }: { measName: string; label: MeasurementLabel },
): Reader {
  if ('sliceId' in label) {
    const name = measurable(measName, 'slice');
    const slice = sliceIndex(radio, label.sliceId);
    return (window) => record(name, window.slice(name, cell, slice));
  }
  const name = measurable(measName, 'cell');
  if ('distBinX' in label) {
    if (name !== 'CARR.WBCQIDist') throw new E2smError(`${measName} has no bins`);
    return (window) => record(name, window.cqiCount(cell, label.distBinX));
  }
  return (window) => record(name, window.cell(name, cell));
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
  const identities = radio.slices.map(({ snssai }) => sNssaiToInteger(snssai));
  const readers = measurements.map(({ measName, labels }): UeReader => {
    if (!labels.every((label) => 'noLabel' in label)) throw new E2smError(`${measName}: a UE has no labels`);
    const name = measurable(measName, 'ue');
    if (name === 'RCT.SNssai')
      return (_, ue) => ({ integer: identities[radio.sliceOfUe[ue] as number] as number });
    return (window, ue) => record(name, window.ue(name, ue));
  });
  const slices = radio.slices.map((_, slice) => slice).filter((slice) => matches(radio, slice, conditions));
  return (window) => {
    const ueMeasReportList = slices.flatMap((slice) =>
      Array.from(radio.membersOf(cell, slice), (ue) => ({
        ueId: { gnbDuUeId: { gnbCuUeF1apId: ue } },
        measReport: { measData: [readers.map((read) => read(window, ue))] },
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
  const index = radio.slices.findIndex((slice) => formatSNssai(slice.snssai) === formatSNssai(snssai));
  if (index < 0) throw new E2smError(`slice ${formatSNssai(snssai)} is not served here`);
  return index;
}

function record(name: KpiName, value: number): MeasurementRecordItem {
  if (Number.isNaN(value)) return NO_VALUE;
  if (KPI_CATALOGUE[name].record === 'integer') return { integer: Math.max(0, Math.round(value)) };
  return { real: name === 'RCT.SchedulingWeightDl' ? value : Math.round(value * DECIMALS) / DECIMALS };
}
