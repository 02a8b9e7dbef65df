import {
  E2smError,
  kpm,
  type KpmRanFunctionDefinition,
  type MatchingUeCondition,
  type MeasurementInfoItem,
  type MeasurementRecord,
  sNssaiFromHex,
  timeStampIn,
} from '@ricochet/e2sm';
import { type Reader as ReaderOf, record } from '@ricochet/e2-node';
import { type KpiWindow } from '@ricochet/radio';
import { isSameSNssai, type SNssai } from '@ricochet/ran-types';
import { type Du } from '../du.js';
import { type KpmManner } from '../kpm-manner.js';

type Reader = ReaderOf<KpiWindow>;

const MS_PER_S = 1000;
const US_PER_TENTH_MS = 100;
const UE_STYLE = 4;
/** The AMF that OAI's UE ids name beside the UE. */
const AMF = { amfRegionId: 1, amfSetId: 1, amfPointer: 1 };

const whole = (read: Reader['read']): Reader => ({
  kind: 'i',
  recorded: (value) => Math.max(0, Math.trunc(value)),
  read: (window, ue) => read(window, ue) || 0,
});
const real = (read: Reader['read']): Reader => ({
  kind: 'r',
  recorded: (value) => value,
  read: (window, ue) => read(window, ue) || 0,
});
const none = (): number => 0;

/** What a gNB of OAI measures of a UE; the simulated radio has no uplink. Throughput is over the whole period. */
const METRICS = new Map<string, (prbs: number) => Reader>([
  ['DRB.PdcpSduVolumeDL', () => whole((window, ue) => window.ue('DRB.PdcpSduVolumeDL', ue))],
  ['DRB.PdcpSduVolumeUL', () => whole(none)],
  ['DRB.RlcSduDelayDl', () => real((window, ue) => window.ue('DRB.RlcSduDelayDl', ue) * US_PER_TENTH_MS)],
  [
    'DRB.UEThpDl',
    () => real((window, ue) => (window.ue('DRB.PdcpSduVolumeDL', ue) * MS_PER_S) / window.periodMs),
  ],
  ['DRB.UEThpUl', () => real(none)],
  ['RRU.PrbTotDl', (prbs) => whole((window, ue) => (window.ue('RRU.PrbUsedDl', ue) * 100) / prbs)],
  ['RRU.PrbTotUl', () => whole(none)],
]);

/** What differs between the agent's builds for KPM v2.03 and v3.00. */
export interface FlexricKpmBuild {
  readonly shortName: string;
  readonly oid: string;
  readonly timeStamp: 'seconds' | 'microseconds';
}

export function flexricKpmDefinition({ shortName, oid }: FlexricKpmBuild): KpmRanFunctionDefinition {
  return {
    ranFunctionName: { shortName, e2smOid: oid, description: 'KPM Monitor' },
    eventTriggerStyles: [{ type: 1, name: 'Periodic Report', formatType: 1 }],
    reportStyles: [
      {
        type: UE_STYLE,
        name: 'Common Condition-based, UE-level Measurement',
        actionFormatType: 4,
        measurements: [...METRICS.keys()].map((measName) => ({ measName })),
        indicationHeaderFormatType: 1,
        indicationMessageFormatType: 3,
      },
    ],
  };
}

/** Style 4 alone, of the UEs of one slice. A period in which the slice has none is passed over. */
export function flexricKpm({ timeStamp }: FlexricKpmBuild): KpmManner {
  return {
    dialect: 'flexric',
    isNumbered: false,
    header: (startMs) =>
      kpm.indicationHeader.encode({
        ...(timeStamp === 'seconds' && { dialect: 'v2.03' }),
        timeStamp: timeStampIn(timeStamp, startMs),
        senderName: 'ngran_gNB',
      }),
    compile(du, action) {
      if (action.reportStyle !== UE_STYLE || !('format4' in action)) {
        throw new E2smError(`report style ${action.reportStyle}, or another action definition than format 4`);
      }
      const { matchingUeConditions, subscriptionInfo } = action.format4;
      return ueReport(du, sliceOf(matchingUeConditions), subscriptionInfo.measInfoList);
    },
  };
}

function ueReport({ radio, cell, globalId, ueIds }: Du, snssai: SNssai, measInfoList: MeasurementInfoItem[]) {
  const readers = measInfoList.flatMap((item) => {
    const reader = readerOf(item, radio.config.prbsPerCell);
    return item.labels.map(() => reader);
  });
  const slice = radio.slices.findIndex((candidate) => isSameSNssai(candidate.snssai, snssai));
  const guami = { plmn: globalId.plmn, ...AMF };
  return (window: KpiWindow): Uint8Array | undefined => {
    const ues = slice < 0 ? [] : [...radio.membersOf(cell, slice)];
    if (ues.length === 0) return undefined;
    const ueMeasReportList = ues.map((ue) => {
      const measData: MeasurementRecord[] = [record(readers, window, ue)];
      return {
        ueId: { gnbUeId: { amfUeNgapId: ueIds.idOf(ue), guami } },
        measReport: { measData, measInfoList },
      };
    });
    return kpm.indicationMessage.encode({ dialect: 'flexric', format3: { ueMeasReportList } });
  };
}

/** The slice of the last condition: each writes over what those before it have found. */
function sliceOf(conditions: readonly MatchingUeCondition[]): SNssai {
  const slices = conditions.map(({ testType, testExpression, testValue }) => {
    const octets = testValue !== undefined && 'valueOctets' in testValue ? testValue.valueOctets : '';
    const snssai = sNssaiFromHex(octets);
    if (testType !== 's-nssai' || testExpression !== 'equal' || snssai === undefined) {
      throw new E2smError('a condition that is not an S-NSSAI equal to 1 or 4 octets');
    }
    return snssai;
  });
  const last = slices.at(-1);
  if (last === undefined) throw new E2smError('no condition');
  return last;
}

function readerOf(item: MeasurementInfoItem, prbs: number): Reader {
  if (!('measName' in item)) throw new E2smError(`measurement ${item.measId} by its id`);
  const reader = METRICS.get(item.measName);
  if (reader === undefined) throw new E2smError(`the measurement ${item.measName}`);
  return reader(prbs);
}
