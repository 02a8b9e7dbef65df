import { type RicIndication } from '@ricochet/e2ap';
import { type KpmIndicationHeader, type KpmIndicationMessage, type MeasurementRecord } from '@ricochet/e2sm';

export const UES = 30;
/** Two counts and five quantities, in steps of 0.0001 as our nodes send them. */
const KINDS = 'irrrrri';
const STEPS_TO_ONE = 10_000;

/** What an indication carries in E2AP beside its header and message. */
export type IndicationIes = Omit<RicIndication, 'ricIndicationHeader' | 'ricIndicationMessage'>;

/** An indication with what the service model says in it, before it is octets. */
export interface Indication {
  readonly ies: IndicationIes;
  readonly header: KpmIndicationHeader;
  readonly message: KpmIndicationMessage;
}

/** Values of a record, as many as a UE has in format 3; `turn` makes them differ. */
function record(turn: number, ues = 1): MeasurementRecord {
  const kinds = KINDS.repeat(ues);
  const values = Array.from(kinds, (kind, i) => {
    // Spread over the range without a generator: the fraction of multiples of the golden ratio.
    const share = ((turn * kinds.length + i) * 0.618_033_988_749_895) % 1;
    return kind === 'i' ? Math.floor(share * 3_000) : Math.round(share * 500 * STEPS_TO_ONE) / STEPS_TO_ONE;
  });
  return { kinds, values };
}

/** 30 UEs with 7 measurements each: format 3 UE by UE, format 1 in one record. */
export function indications(format: 1 | 3, count: number): Indication[] {
  return Array.from({ length: count }, (_, turn) => ({
    ies: {
      ricRequestId: { requestorId: 1, instanceId: 7 },
      ranFunctionId: 2,
      ricActionId: 1,
      ricIndicationSn: turn,
      ricIndicationType: 'report',
    },
    header: { collectionStartTimeMs: 10 * turn },
    message: format === 1 ? { format1: { measData: [record(turn, UES)] } } : { format3: format3(turn) },
  }));
}

function format3(turn: number) {
  return {
    ueMeasReportList: Array.from({ length: UES }, (_, ue) => ({
      ueId: { gnbDuUeId: { gnbCuUeF1apId: ue } },
      measReport: { measData: [record(turn * UES + ue)] },
    })),
  };
}

export const VALUES = UES * KINDS.length;
