import {
  E2smError,
  type KpmActionDefinition,
  type KpmIndicationMessage,
  type MatchingUeCondition,
  type MeasurementInfoItem,
  type MeasurementLabel,
  sNssaiFromHex,
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
import { type Du } from './du.js';
import { record, type Reader } from './kpm-record.js';
import { REPORT_STYLES } from './ran-functions.js';

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
    item.labels.map((label) => nodeReader(radio, cell, { measName: nameOf(item), label })),
  );
  return (window) => ({ format1: { measData: [record(readers, window, 0)] } });
}

function nodeReader(
  radio: RadioNetwork,
  cell: number,
  { measName, label }: { measName: string; label: MeasurementLabel },
): Reader {
  const [kind, ...others] = Object.keys(label);
  if (others.length > 0) throw new E2smError(`${measName}: labels are not offered together`);
  if (label.sliceId !== undefined) {
    const name = measurable(measName, 'slice');
    const slice = sliceIndex(radio, label.sliceId);
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
  const readers = measurements.map((item): Reader => {
    const measName = nameOf(item);
    if (!item.labels.every((label) => label.noLabel)) throw new E2smError(`${measName}: a UE has no labels`);
    const name = measurable(measName, 'ue');
    return { ...recordingOf(name), read: (window, ue) => window.ue(name, ue) };
  });
  const withoutValues = { kinds: 'n'.repeat(readers.length), values: readers.map(() => 0) };
  const slices = radio.slices.map((_, slice) => slice).filter((slice) => matches(radio, slice, conditions));
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

/** Whether the UEs of a slice meet all conditions: of those, the slice, which every UE of ours has. */
function matches(radio: RadioNetwork, slice: number, conditions: readonly MatchingUeCondition[]): boolean {
  return conditions.every(({ testType, testExpression, testValue, logicalOr }) => {
    if (testType !== 's-nssai' || logicalOr === true) {
      throw new E2smError(`a condition on ${testType}${logicalOr ? ' with an OR' : ''} is not offered`);
    }
    if (testExpression === 'present') return true;
    const snssai =
      testValue !== undefined && 'valueOctets' in testValue
        ? sNssaiFromHex(testValue.valueOctets)
        : undefined;
    if (testExpression !== 'equal' || snssai === undefined) {
      throw new E2smError('a slice must be present, or equal to an S-NSSAI of 1 or 4 octets');
    }
    return sliceIndex(radio, snssai) === slice;
  });
}

function nameOf(item: MeasurementInfoItem): string {
  if ('measName' in item) return item.measName;
  throw new E2smError(`measurement ${item.measId}: ids are not offered, names are`);
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
