import { expectBoth, hex } from '../hex.fixture.js';
import {
  boolean,
  decodePer,
  encodePer,
  integer,
  optional,
  sequence,
  sequenceOf,
  soleField,
} from '../index.js';

const byte = integer({ min: 0, max: 255 });

test('is on the wire what a sequence of one field is', () => {
  const wrapped = sequence({ only: byte }, {});
  const both = sequence({ only: optional(byte) }, {});
  expect(encodePer(soleField(byte), 7)).toEqual(encodePer(wrapped, { only: 7 }));
  expect(encodePer(soleField(optional(byte)), 7)).toEqual(encodePer(both, { only: 7 }));
  expect(encodePer(soleField(optional(byte)), null)).toEqual(encodePer(both, {}));
});

test('comes back as the value alone', () => {
  expectBoth(soleField(byte), 7, '0007');
  expectBoth(soleField(optional(byte)), 7, '4007');
  expectBoth(soleField(optional(byte)), null, '00');
});

test('passes over additions of a newer sender', () => {
  const newer = sequence({ only: byte }, { since: optional(boolean()) });
  const octets = encodePer(sequenceOf(newer), [{ only: 1, since: true }, { only: 2 }]);
  expect(decodePer(sequenceOf(soleField(byte)), octets)).toEqual([1, 2]);
});

test('leaves no trace in the path of an error', () => {
  const type = sequence({ list: soleField(sequenceOf(soleField(byte))) });
  expect(() => encodePer(type, { list: [1, 300] })).toThrow('list[1]: expected');
  expect(() => encodePer(soleField(byte), null as never)).toThrow('found null');
  expect(() => decodePer(type, hex('02'))).toThrow(/^list/);
});
