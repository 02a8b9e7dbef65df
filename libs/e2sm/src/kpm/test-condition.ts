import {
  bitText,
  boolean,
  choice,
  enumerated,
  hexOctets,
  type Infer,
  integer,
  mapped,
  optional,
  printableString,
  real,
  sequence,
  type Type,
} from '@ricochet/asn1';
import { flag } from '../common/flag.js';
import { type KpmDialect, placed } from './dialect.js';

const values = {
  valueInt: integer(),
  valueEnum: integer(),
  valueBoolean: boolean(),
  valueBits: bitText(),
  valueOctets: hexOctets(),
  valuePrintableString: printableString(),
};
const addedValues = { valueReal: real() };

/** What a value is compared with; bits as a text of 0 and 1, octets in hexadecimal. */
export const testValue = choice(values, addedValues);
export type TestValue = Infer<typeof testValue>;
const flexricTestValue = choice({ ...values, ...addedValues }, {});

export const testExpression = enumerated(['equal', 'greaterthan', 'lessthan', 'contains', 'present'], {
  extensions: [],
});

const rootTypes = ['gbr', 'ambr', 'is-stat', 'is-cat-m', 'rsrp', 'rsrq'] as const;
const addedTypes = ['ul-rsrp', 'cqi', 'five-qi', 'qci', 's-nssai'] as const;
export type TestType = (typeof rootTypes)[number] | (typeof addedTypes)[number];

const flags = (names: readonly string[]): Record<string, Type<true>> =>
  Object.fromEntries(names.map((name) => [name, flag()]));

/** A CHOICE of ENUMERATED {true, ...}, as the name of the alternative. */
const testTypeOf = (dialect: KpmDialect): Type<TestType> => {
  const standard = choice(flags(rootTypes), flags(addedTypes));
  return mapped(placed(dialect, standard, choice(flags([...rootTypes, ...addedTypes]), {})), {
    fromWire: (wire) => Object.keys(wire)[0] as TestType,
    toWire: (name: TestType): Record<string, true> => ({ [name]: true }),
  });
};

/** TestCondInfo (E2SM-KPM clause 8.3.22): a condition on a UE. */
export const testConditionOf = (dialect: KpmDialect) =>
  sequence(
    {
      testType: testTypeOf(dialect),
      testExpression: optional(testExpression),
      testValue: optional(placed(dialect, testValue, flexricTestValue)),
    },
    {},
  );
export type TestCondition = Infer<ReturnType<typeof testConditionOf>>;

/** LogicalOR up to KPM v4, ENUMERATED {true, ...}, always OPTIONAL. */
export const logicalOr: Type<boolean> = mapped(flag(), {
  fromWire: (): boolean => true,
  toWire(value: boolean) {
    if (!value) throw new Error('expected true, or nothing: KPM v5 alone can say false');
    return true as const;
  },
});

/** LogicalOR of KPM v5, ENUMERATED {true, false, ...}; `true` alone in an open type is the same octet in all. */
export const logicalOrV5: Type<boolean> = mapped(enumerated(['true', 'false'], { extensions: [] }), {
  fromWire: (wire) => wire === 'true',
  toWire: (value: boolean) => (value ? 'true' : 'false'),
});
