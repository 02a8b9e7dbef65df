import { flattened, type Infer, optional, sequence, sequenceOf, soleField } from '@ricochet/asn1';
import { measurementLabel } from './measurement-label.js';
import { measType, measTypeKeys, perMeasurement } from './measurement-type.js';
import { logicalOrV5, testExpression, testValue } from './test-condition.js';

/** MatchCondReportItem (KPM v4 on): report a value only if it meets these conditions. */
const valueCondition = flattened(
  sequence({ condition: sequence({ testExpression, testValue }, {}), logicalOr: optional(logicalOrV5) }, {}),
  'condition',
  ['testExpression', 'testValue'],
);

const measurementInfoItem = flattened(
  sequence(
    { measType, labels: sequenceOf(soleField(measurementLabel), { min: 1, max: 2 ** 31 - 1 }) },
    { valueConditions: optional(sequenceOf(valueCondition, { min: 1, max: 32_768 })) },
  ),
  'measType',
  measTypeKeys,
);
export type MeasurementInfoItem = Infer<typeof measurementInfoItem>;

/** MeasurementInfoList: a record has a value for each label of each item, in this order. */
export const measurementInfoList = sequenceOf(measurementInfoItem, perMeasurement);
