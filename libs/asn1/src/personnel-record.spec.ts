import { expectBoth } from './hex.fixture.js';
import {
  boolean,
  choice,
  enumerated,
  group,
  ia5String,
  integer,
  numericString,
  optional,
  printableString,
  sequence,
  sequenceOf,
  visibleString,
  withDefault,
} from './index.js';

/** The examples of X.691, annex A. Their SETs are sequences in the order of the tags here. */
const record = {
  name: { givenName: 'John', initial: 'P', familyName: 'Smith' },
  number: 51,
  title: 'Director',
  dateOfHire: '19710917',
  nameOfSpouse: { givenName: 'Mary', initial: 'T', familyName: 'Smith' },
  children: [
    { name: { givenName: 'Ralph', initial: 'T', familyName: 'Smith' }, dateOfBirth: '19571111' },
    { name: { givenName: 'Susan', initial: 'B', familyName: 'Jones' }, dateOfBirth: '19590717' },
  ],
};
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.';
const digits = '0123456789';

test('A.1: a record without subtype constraints', () => {
  const date = visibleString();
  const name = sequence({
    givenName: visibleString(),
    initial: visibleString(),
    familyName: visibleString(),
  });
  const type = sequence({
    name,
    number: integer(),
    title: visibleString(),
    dateOfHire: date,
    nameOfSpouse: name,
    children: withDefault(sequenceOf(sequence({ name, dateOfBirth: date })), []),
  });
  expectBoth(
    type,
    record,
    `80044a6f686e015005536d6974680133084469726563746f72083139373130393137044d617279015405536d697468
     020552616c7068015405536d697468083139353731313131 05537573616e0142054a6f6e6573083139353930373137`,
  );
});

test('A.2: a record with subtype constraints', () => {
  const date = visibleString(8, digits);
  const text = visibleString({ min: 1, max: 64 }, letters);
  const name = sequence({ givenName: text, initial: visibleString(1, letters), familyName: text });
  const type = sequence({
    name,
    number: integer(),
    title: visibleString(),
    dateOfHire: date,
    nameOfSpouse: name,
    children: withDefault(sequenceOf(sequence({ name, dateOfBirth: date })), []),
  });
  expectBoth(
    type,
    record,
    `864a6f686e5010536d69746801330844 69726563746f72197109170c4d617279 5410536d697468021052616c70685410
     536d6974681957111110537573616e42 104a6f6e657319590717`,
  );
});

test('A.3: a record with extension markers', () => {
  const date = visibleString({ min: 8, max: 8, extensible: true }, digits);
  const text = visibleString({ min: 1, max: 64, extensible: true }, letters);
  const name = sequence({ givenName: text, initial: visibleString(1, letters), familyName: text }, {});
  const child = sequence(
    { name, dateOfBirth: date },
    { sex: optional(enumerated(['male', 'female', 'unknown'])) },
  );
  const type = sequence(
    {
      name,
      number: integer({ min: 0, max: 9999, extensible: true }),
      title: visibleString(),
      dateOfHire: date,
      nameOfSpouse: name,
      children: optional(sequenceOf(child, { min: 2, max: 2, extensible: true })),
    },
    {},
  );
  const [ralph, susan] = record.children;
  expectBoth(
    type,
    { ...record, children: [ralph!, { ...susan!, sex: 'female' as const }] },
    `40c04a6f686e5008536d697468000033084469726563746f7200197109 17034d6172795408536d69746801005261
     6c70685408536d6974680019571111820053 7573616e42084a6f6e65730019590717010140`,
  );
});

test('A.4: extension additions and a group', () => {
  const type = sequence(
    {
      a: integer({ min: 250, max: 253 }),
      b: boolean(),
      c: choice({ d: integer() }, { e: boolean(), f: ia5String() }),
      i: optional(printableString()),
      j: optional(printableString()),
    },
    { added: group({ g: numericString(3), h: optional(boolean()) }) },
  );
  expectBoth(type, { a: 253, b: true, c: { e: true }, g: '123', h: true }, '9e000180010291a4');
});
