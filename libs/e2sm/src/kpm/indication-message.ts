import {
  choice,
  flattened,
  type Infer,
  mapped,
  optional,
  sequence,
  sequenceOf,
  soleField,
} from '@ricochet/asn1';
import { flag } from '../common/flag.js';
import { ueId } from '../common/ue-id.js';
import { dialectMessage, formsOf, type InDialect, type KpmDialect, placed } from './dialect.js';
import { matchingConditionsOf } from './matching-conditions.js';
import { measurementInfoList } from './measurement-info.js';
import { measurementRecord } from './measurement-record.js';
import { measType, measTypeKeys, perMeasurement, periodMs } from './measurement-type.js';

/** MeasurementData: a record a granularity period, its values in the order of measurements and labels. */
const measData = sequenceOf(measurementRecord, { min: 1, max: 65_535 });

const format1 = sequence(
  { measData, measInfoList: optional(measurementInfoList), granularityPeriodMs: optional(periodMs) },
  {},
);
export type KpmMessageFormat1 = Infer<typeof format1>;

const ueIds = sequenceOf(soleField(ueId), { min: 1, max: 65_535 });

/** Of one period; one object for all periods without UEs, which take half an octet each. */
const noUes: { none: true } = Object.freeze({ none: true });
const ueIdsOfPeriod = mapped(choice({ none: flag(), ueIds }, {}), {
  fromWire: (wire) => ('none' in wire ? noUes : wire),
  toWire: (value) => value,
});

/** The UEs that met the conditions, in all and, from KPM v2.03 on, by granularity period. */
function format2Of(dialect: KpmDialect) {
  const fields = { measType, matchingConditions: matchingConditionsOf(dialect), ueIds: optional(ueIds) };
  const added = {
    ueIdsByPeriod: optional(sequenceOf(soleField(ueIdsOfPeriod), { min: 1, max: 65_535 })),
  };
  const item = placed(dialect, sequence(fields, added), sequence({ ...fields, ...added }, {}));
  return sequence(
    {
      measData,
      measCondList: sequenceOf(flattened(item, 'measType', measTypeKeys), perMeasurement),
      granularityPeriodMs: optional(periodMs),
    },
    {},
  );
}

const ueMeasReport = sequence({ ueId, measReport: format1 }, {});
export type UeMeasurementReport = Infer<typeof ueMeasReport>;

const format3 = sequence({ ueMeasReportList: sequenceOf(ueMeasReport, { min: 1, max: 65_535 }) }, {});

function messageOf(dialect: KpmDialect) {
  const formats = { format1, format2: format2Of(dialect) };
  return soleField(placed(dialect, choice(formats, { format3 }), choice({ ...formats, format3 }, {})));
}

/** E2SM-KPM-IndicationMessage: of a node, of UEs by conditions, or a format 1 message a UE. */
export type KpmIndicationMessage = Infer<ReturnType<typeof messageOf>> & InDialect;

export const indicationMessage = dialectMessage(
  'KPM IndicationMessage',
  formsOf(messageOf),
  (value) => 'format2' in value,
);
