import fc from 'fast-check';
import {
  below,
  cgi,
  natural32,
  octets,
  plmn,
  sNssai,
  some,
  text,
  ueId,
} from '../common/common-values.fixture.js';

/** Minus zero is another value to `toEqual`, and so it is on the wire. */
const real = fc.double({ noNaN: true });
const integer = fc.maxSafeInteger();
/** In its range mostly, and beyond where an extension mark allows it. */
const index = fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.integer());
const flag = fc.constant(true as const);
const period = fc.integer({ min: 1, max: 0xffff_ffff });
const list = <T>(values: fc.Arbitrary<T>, minLength = 1) =>
  fc.array(values, { minLength, maxLength: minLength + 2 });

const label = some({
  noLabel: flag,
  plmn,
  sliceId: sNssai,
  fiveQi: below(300),
  qfi: below(100),
  qci: below(256),
  qciMax: below(256),
  qciMin: below(256),
  arpMax: index,
  arpMin: index,
  bitrateRange: index,
  layerMuMimo: index,
  sum: flag,
  distBinX: index,
  distBinY: index,
  distBinZ: index,
  preLabelOverride: flag,
  startEndInd: fc.constantFrom('start', 'end'),
  min: flag,
  max: flag,
  avg: flag,
  ssbIndex: index,
  nonGobBeamformingModeIndex: index,
  mimoModeIndex: index,
  cellGlobalId: cgi,
  beamId: fc.record({ nrBeamId: below(64) }),
});

const testValue = fc.oneof(
  fc.record({ valueInt: integer }),
  fc.record({ valueEnum: integer }),
  fc.record({ valueBoolean: fc.boolean() }),
  fc.record({ valueBits: fc.array(fc.constantFrom('0', '1')).map((bits) => bits.join('')) }),
  fc.record({ valueOctets: fc.nat(5).chain(octets) }),
  fc.record({ valuePrintableString: text(0) }),
  fc.record({ valueReal: real }),
);
const testExpression = fc.constantFrom('equal', 'greaterthan', 'lessthan', 'contains', 'present');
const testType = fc.constantFrom(
  ...['gbr', 'ambr', 'is-stat', 'is-cat-m', 'rsrp', 'rsrq', 'ul-rsrp', 'cqi', 'five-qi', 'qci', 's-nssai'],
);
const testConditionFields = { testType, testExpression, testValue };
const testCondition = some(testConditionFields, 'testType');

const binRangeList = list(
  fc.record({
    binIndex: index,
    startValue: fc.oneof(fc.record({ valueInt: integer }), fc.record({ valueReal: real })),
    endValue: fc.oneof(fc.record({ valueInt: integer }), fc.record({ valueReal: real })),
  }),
);
const binRanges = some({ x: binRangeList, y: binRangeList, z: binRangeList }, 'x');

/** With a measurement by name or by id. */
const byMeasurement = <T extends object>(others: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc
    .tuple(fc.oneof(fc.record({ measName: text() }), fc.record({ measId: index })), others)
    .map(([measurement, other]) => ({ ...measurement, ...other }));

const measInfoList = list(
  byMeasurement(
    some(
      {
        labels: list(label),
        valueConditions: list(
          some({ testExpression, testValue, logicalOr: fc.boolean() }, 'testExpression', 'testValue'),
        ),
      },
      'labels',
    ),
  ),
);

const format1 = some(
  {
    measInfoList,
    granularityPeriodMs: period,
    cellGlobalId: cgi,
    binRanges: list(byMeasurement(fc.record({ binRanges }))),
  },
  'measInfoList',
  'granularityPeriodMs',
);

const matchingConditions = (or: fc.Arbitrary<boolean>) =>
  list(
    fc.oneof(
      some({ label, logicalOr: or }, 'label'),
      some({ testCondition, logicalOr: or }, 'testCondition'),
    ),
  );
const conditionsWithoutOr = list(fc.oneof(fc.record({ label }), fc.record({ testCondition })));

const actionsWith = (conditions: fc.Arbitrary<unknown>): fc.Arbitrary<object> => {
  const format = fc.oneof(
    fc.record({ format1 }),
    fc.record({ format2: fc.record({ ueId, subscriptionInfo: format1 }) }),
    fc.record({
      format3: some(
        {
          measCondList: list(
            byMeasurement(some({ matchingConditions: conditions, binRanges }, 'matchingConditions')),
          ),
          granularityPeriodMs: period,
          cellGlobalId: cgi,
        },
        'measCondList',
        'granularityPeriodMs',
      ),
    }),
    fc.record({
      format4: fc.record({
        matchingUeConditions: list(some({ ...testConditionFields, logicalOr: fc.boolean() }, 'testType')),
        subscriptionInfo: format1,
      }),
    }),
    fc.record({ format5: fc.record({ ueIds: list(ueId, 2), subscriptionInfo: format1 }) }),
  );
  return fc.tuple(integer, format).map(([reportStyle, one]) => ({ reportStyle, ...one }));
};

export const value = fc.oneof(
  natural32.map((number) => ({ kind: 'i', number })),
  fc.double().map((number) => ({ kind: 'r', number })),
  fc.constantFrom({ kind: 'n', number: 0 }, { kind: 's', number: 0 }),
);
const record = some(
  { items: fc.array(value, { minLength: 1, maxLength: 12 }), incomplete: flag },
  'items',
).map(({ items, ...rest }) => ({
  kinds: items.map(({ kind }) => kind).join(''),
  values: items.map(({ number }) => number),
  ...rest,
}));
const measData = list(record);
const messageFormat1 = some({ measData, measInfoList, granularityPeriodMs: period }, 'measData');

const messagesWith = (conditions: fc.Arbitrary<unknown>): fc.Arbitrary<object> =>
  fc.oneof(
    fc.record({ format1: messageFormat1 }),
    fc.record({
      format2: some(
        {
          measData,
          measCondList: list(
            byMeasurement(
              some(
                {
                  matchingConditions: conditions,
                  ueIds: list(ueId),
                  ueIdsByPeriod: list(fc.oneof(fc.record({ none: flag }), fc.record({ ueIds: list(ueId) }))),
                },
                'matchingConditions',
              ),
            ),
          ),
          granularityPeriodMs: period,
        },
        'measData',
        'measCondList',
      ),
    }),
    fc.record({
      format3: fc.record({ ueMeasReportList: list(fc.record({ ueId, measReport: messageFormat1 })) }),
    }),
  );

const names = {
  fileFormatVersion: text(0, 20),
  senderName: text(0),
  senderType: text(0, 9),
  vendorName: text(0, 40),
};
const styleName = { type: integer, name: text(1, 200) };

/** Values of every message, and by dialect of those that differ. */
export const kpmValues = {
  ranFunctionDefinition: fc.record({
    ranFunctionName: some(
      { shortName: text(), e2smOid: text(), description: text(), instance: integer },
      'shortName',
      'e2smOid',
      'description',
    ),
    eventTriggerStyles: list(fc.record({ ...styleName, formatType: integer }), 0),
    reportStyles: list(
      fc.record({
        ...styleName,
        actionFormatType: integer,
        measurements: list(some({ measName: text(), measId: index, binRanges }, 'measName')),
        indicationHeaderFormatType: integer,
        indicationMessageFormatType: integer,
      }),
      0,
    ),
  }),
  eventTrigger: fc.record({ reportingPeriodMs: period }),
  indicationHeader: {
    v3: fc.oneof(
      some({ collectionStartTimeMs: below(2 ** 32 * 1000), ...names }, 'collectionStartTimeMs'),
      some({ timeStamp: fc.constantFrom('eeab1d265ca34828', '1218a35d000660ba'), ...names }, 'timeStamp'),
    ),
    'v2.03': some({ timeStamp: octets(4), ...names }, 'timeStamp'),
  },
  actionDefinition: {
    v3: actionsWith(matchingConditions(flag)),
    v5: actionsWith(matchingConditions(fc.boolean())),
    flexric: actionsWith(matchingConditions(flag)),
    'v2.02': actionsWith(conditionsWithoutOr),
  },
  indicationMessage: {
    v3: messagesWith(matchingConditions(flag)),
    v5: messagesWith(matchingConditions(fc.boolean())),
    flexric: messagesWith(matchingConditions(flag)),
    'v2.02': messagesWith(conditionsWithoutOr),
  },
} as const;
