import {
  E2smError,
  kpm,
  type KpmActionDefinition,
  type KpmMessageFormat1,
  type KpmRanFunctionDefinition,
  type MeasurementInfoItem,
} from '@ricochet/e2sm';
import { type Reader as ReaderOf, record } from '@ricochet/e2-node';
import { type KpiWindow } from '@ricochet/radio';
import { type Du } from '../du.js';
import { type KpmManner } from '../kpm-manner.js';
import { f1UeIdOf } from './f1-ue-ids.js';

type Reader = ReaderOf<KpiWindow>;

/** A measurement: of the whole DU, where there always is a value, and of one UE. */
interface Metric {
  readonly kind: Reader['kind'];
  readonly node: (window: KpiWindow) => number;
  readonly ue: Reader['read'];
}

const MS_PER_S = 1000;

/** What its DU measures, as far as the simulated radio has it: that has no uplink and no random access. */
const METRICS = new Map<string, (du: Du) => Metric>([
  [
    'DRB.RlcPacketDropRateDl',
    ({ cell }) => ({
      kind: 'i',
      node: (window) => window.cell('DRB.RlcPacketDropRateDl', cell),
      ue: (window, ue) => window.ue('DRB.RlcPacketDropRateDl', ue),
    }),
  ],
  [
    'DRB.RlcSduDelayDl',
    ({ cell }) => ({
      kind: 'r',
      node: (window) => window.cell('DRB.RlcSduDelayDl', cell),
      ue: (window, ue) => window.ue('DRB.RlcSduDelayDl', ue),
    }),
  ],
  [
    'DRB.RlcSduTransmittedVolumeDL',
    ({ cell }) => ({
      kind: 'i',
      node: (window) => window.cell('DRB.PdcpSduVolumeDL', cell),
      ue: (window, ue) => window.ue('DRB.PdcpSduVolumeDL', ue),
    }),
  ],
  [
    // Over the whole period, and of all UEs together at node level.
    'DRB.UEThpDl',
    ({ cell }) => ({
      kind: 'r',
      node: (window) => (window.cell('DRB.PdcpSduVolumeDL', cell) * MS_PER_S) / window.periodMs,
      ue: (window, ue) => (window.ue('DRB.PdcpSduVolumeDL', ue) * MS_PER_S) / window.periodMs,
    }),
  ],
  [
    // The PRBs that are left, of the cell at UE level too.
    'RRU.PrbAvailDl',
    ({ radio, cell }) => {
      const left = (window: KpiWindow): number =>
        radio.config.prbsPerCell - Math.trunc(window.cell('RRU.PrbUsedDl', cell));
      return { kind: 'i', node: left, ue: left };
    },
  ],
  [
    'RRU.PrbTotDl',
    ({ radio, cell }) => ({
      kind: 'i',
      node: (window) => window.cell('RRU.PrbTotDl', cell),
      ue: (window, ue) => (window.ue('RRU.PrbUsedDl', ue) * 100) / radio.config.prbsPerCell,
    }),
  ],
  [
    'RRU.PrbUsedDl',
    ({ cell }) => ({
      kind: 'i',
      node: (window) => window.cell('RRU.PrbUsedDl', cell),
      ue: (window, ue) => window.ue('RRU.PrbUsedDl', ue),
    }),
  ],
]);

const style = (type: number, name: string, indicationMessageFormatType: number) => ({
  type,
  name,
  actionFormatType: type,
  measurements: [...METRICS.keys()].map((measName) => ({ measName })),
  indicationHeaderFormatType: 1,
  indicationMessageFormatType,
});

export const srsranKpmDefinition: KpmRanFunctionDefinition = {
  ranFunctionName: { shortName: kpm.shortName, e2smOid: kpm.oid, description: 'KPM Monitor' },
  eventTriggerStyles: [{ type: 1, name: 'Periodic Report', formatType: 1 }],
  reportStyles: [
    style(1, 'E2 Node Measurement', 1),
    style(4, 'Common Condition-based, UE-level Measurement', 3),
  ],
};

/** Styles 1 and 4 without labels; conditions on UEs are taken and not looked at. */
export const srsranKpm: KpmManner = {
  isNumbered: false,
  header: (startMs) => kpm.indicationHeader.encode({ collectionStartTimeMs: startMs }),
  compile(du, action) {
    if (action.reportStyle === 1 && 'format1' in action) return nodeReport(du, action.format1);
    if (action.reportStyle === 4 && 'format4' in action) return ueReport(du, action.format4.subscriptionInfo);
    throw new E2smError(
      `report style ${action.reportStyle} is not offered, or not with this action definition`,
    );
  },
};

type SubscriptionInfo = Extract<KpmActionDefinition, { format1: unknown }>['format1'];

function nodeReport(du: Du, { measInfoList, granularityPeriodMs }: SubscriptionInfo) {
  const readers = measInfoList.map((item): Reader => {
    const { kind, node } = metricOf(du, item);
    return { ...recordingOf(kind), read: (window) => node(window) || 0 };
  });
  return (window: KpiWindow): Uint8Array => {
    const measData = [record(readers, window, 0)];
    return kpm.indicationMessage.encode({ format1: { measData, measInfoList, granularityPeriodMs } });
  };
}

function ueReport(du: Du, { measInfoList, granularityPeriodMs }: SubscriptionInfo) {
  const { radio, cell } = du;
  const readers = measInfoList.map((item): Reader => {
    const { kind, ue } = metricOf(du, item);
    return { ...recordingOf(kind), read: ue };
  });
  const reportOf = (window: KpiWindow, ue: number): KpmMessageFormat1 => ({
    measData: [record(readers, window, ue)],
    measInfoList,
    granularityPeriodMs,
  });
  return (window: KpiWindow): Uint8Array | undefined => {
    const ueMeasReportList = radio.slices.flatMap((_, slice) =>
      Array.from(radio.membersOf(cell, slice), (ue) => ({
        ueId: { gnbDuUeId: { gnbCuUeF1apId: f1UeIdOf(du, ue) } },
        measReport: reportOf(window, ue),
      })),
    );
    const hasValues = ueMeasReportList.some(({ measReport }) =>
      measReport.measData.some(({ kinds }) => /[^n]/.test(kinds)),
    );
    return hasValues ? kpm.indicationMessage.encode({ format3: { ueMeasReportList } }) : undefined;
  };
}

function metricOf(du: Du, item: MeasurementInfoItem): Metric {
  if (!('measName' in item))
    throw new E2smError(`measurement ${item.measId}: ids are not offered, names are`);
  const { measName, labels } = item;
  if (!labels.every(({ noLabel }) => noLabel)) throw new E2smError(`${measName}: there are no labels`);
  const metric = METRICS.get(measName);
  if (metric === undefined) throw new E2smError(`${measName} is not measured`);
  return metric(du);
}

const recordingOf = (kind: Reader['kind']): Pick<Reader, 'kind' | 'recorded'> => ({
  kind,
  recorded: kind === 'i' ? (value) => Math.max(0, Math.trunc(value)) : (value) => value,
});
