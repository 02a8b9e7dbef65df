import { choice, flattened, type Infer, optional, sequence, sequenceOf, soleField } from '@ricochet/asn1';
import { cgi } from '../common/cell-ids.js';
import { ricStyleType } from '../common/ran-function-name.js';
import { ueId } from '../common/ue-id.js';
import { binRanges, binRangesByMeasurement } from './bin-range.js';
import { dialectMessage, formsOf, type InDialect, type KpmDialect, placed } from './dialect.js';
import { matchingConditionsOf, matchingUeConditionsOf } from './matching-conditions.js';
import { measurementInfoList } from './measurement-info.js';
import { measType, measTypeKeys, perMeasurement, periodMs } from './measurement-type.js';

/** What is measured of the node, or of one UE or many (E2SM-KPM clause 8.2.1.2.1). */
function format1Of(dialect: KpmDialect) {
  const fields = {
    measInfoList: measurementInfoList,
    granularityPeriodMs: periodMs,
    cellGlobalId: optional(cgi),
  };
  const added = { binRanges: optional(binRangesByMeasurement) };
  return placed(dialect, sequence(fields, added), sequence({ ...fields, ...added }, {}));
}

/** Measurements of UEs that meet conditions of each measurement's own. */
function format3Of(dialect: KpmDialect) {
  const fields = { measType, matchingConditions: matchingConditionsOf(dialect) };
  const added = { binRanges: optional(binRanges) };
  const item = placed(dialect, sequence(fields, added), sequence({ ...fields, ...added }, {}));
  return sequence(
    {
      measCondList: sequenceOf(flattened(item, 'measType', measTypeKeys), perMeasurement),
      granularityPeriodMs: periodMs,
      cellGlobalId: optional(cgi),
    },
    {},
  );
}

function definitionOf(dialect: KpmDialect) {
  const subscriptionInfo = format1Of(dialect);
  const formats = {
    format1: subscriptionInfo,
    format2: sequence({ ueId, subscriptionInfo }, {}),
    format3: format3Of(dialect),
  };
  const added = {
    /** Common conditions, UE-level measurements (E2SM-KPM clause 8.2.1.2.4). */
    format4: sequence({ matchingUeConditions: matchingUeConditionsOf(dialect), subscriptionInfo }, {}),
    format5: sequence({ ueIds: sequenceOf(soleField(ueId), { min: 2, max: 65_535 }), subscriptionInfo }, {}),
  };
  const format = placed(dialect, choice(formats, added), choice({ ...formats, ...added }, {}));
  return flattened(sequence({ reportStyle: ricStyleType, format }, {}), 'format', [
    ...Object.keys(formats),
    ...Object.keys(added),
  ]);
}

/** E2SM-KPM-ActionDefinition: a report style, and the format that it asks for. */
export type KpmActionDefinition = Infer<ReturnType<typeof definitionOf>> & InDialect;

export const actionDefinition = dialectMessage(
  'KPM ActionDefinition',
  formsOf(definitionOf),
  (value) => 'format3' in value,
);
