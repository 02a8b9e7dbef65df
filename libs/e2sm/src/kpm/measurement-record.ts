import {
  type BitReader,
  type BitWriter,
  defineType,
  optional,
  outOfConstraint,
  readFragments,
  readLength,
  readNormallySmall,
  real,
  refuse,
  sequence,
  skipOpen,
  type Type,
  within,
  writeFragments,
  writeNormallySmall,
} from '@ricochet/asn1';
import { flag } from '../common/flag.js';

/**
 * A record of measured values (E2SM-KPM clause 8.3.13) in columns, as it is the bulk of every indication: letter k
 * of `kinds` tells the CHOICE of value k, `i`nteger, `r`eal, `n`oValue or, from KPM v4 on, not `s`atisfied (the
 * value of these two is 0).
 */
export interface MeasurementRecord {
  readonly kinds: string;
  readonly values: readonly number[];
  /** The node could not measure the whole period. */
  readonly incomplete?: true;
}

/** Character codes of `i`, `r`, `n` and `s`. */
const integerKind = 0x69;
const realKind = 0x72;
const noValueKind = 0x6e;
const notSatisfiedKind = 0x73;

const maxInteger = 0xffff_ffff;
const expectedKinds = 'integer, real, noValue or notSatisfied';
const { encode: writeReal, decode: readReal } = real();

/** MeasurementRecord: a SEQUENCE OF CHOICE, written out by hand so that a value costs neither object nor closure. */
const columns = defineType<MeasurementRecord>({
  minBits: 8,
  encode(writer, record) {
    const { kinds, values } = record;
    if (typeof kinds !== 'string' || !Array.isArray(values) || values.length !== kinds.length) {
      refuse(record, 'as many kinds as values');
    }
    if (kinds.length === 0) outOfConstraint(record, 'a record of at least one value');
    writeFragments(writer, kinds.length, (from, to) => writeValues(writer, record, { from, to }));
  },
  decode(reader) {
    const length = readLength(reader);
    if (length > 0) return readColumns(reader, length);
    if (length === 0) return reader.fail('ASN1_CONSTRAINT', 'expected at least one value, found none');
    const parts: MeasurementRecord[] = [];
    let total = 0;
    readFragments(reader, length, (count) => {
      parts.push(readColumns(reader, count, total));
      total += count;
    });
    return {
      kinds: parts.map(({ kinds }) => kinds).join(''),
      values: new Array<number>().concat(...parts.map(({ values }) => values)),
    };
  },
});

function writeValues(
  writer: BitWriter,
  { kinds, values }: MeasurementRecord,
  { from, to }: { from: number; to: number },
): void {
  let index = from;
  try {
    for (; index < to; index++) writeValue(writer, kinds.charCodeAt(index), values[index]!);
  } catch (error) {
    throw inValues(error, index);
  }
}

function writeValue(writer: BitWriter, kind: number, value: number): void {
  switch (kind) {
    case integerKind:
      if (!(value >= 0 && value <= maxInteger) || !Number.isInteger(value)) {
        outOfConstraint(value, `an integer, 0 to ${maxInteger}`);
      }
      writeInteger(writer, value);
      return;
    case realKind:
      writer.writeBits(1, 3);
      writeReal(writer, value);
      return;
    case noValueKind:
      writer.writeBits(2, 3);
      return;
    case notSatisfiedKind:
      // The first extension, a NULL in an open type.
      writer.writeBit(1);
      writeNormallySmall(writer, 0);
      writer.align();
      writer.writeUnsigned(0x0100, 2);
      return;
    default:
      refuse(String.fromCharCode(kind), 'the kind i, r, n or s');
  }
}

/** Alternative 0, then INTEGER (0..4294967295): how many octets, and these (X.691 11.5.7.4). */
function writeInteger(writer: BitWriter, value: number): void {
  const octets = value < 0x10000 ? (value < 0x100 ? 1 : 2) : value < 0x1000000 ? 3 : 4;
  writer.writeBits(octets - 1, 5);
  writer.align();
  writer.writeUnsigned(value, octets);
}

/** Most records have the same kinds as the one before: then no new string is made. */
let lastKinds = '';
const keptKinds = 4096;
/** Character codes of the kinds being read. */
const someCodes = new Uint8Array(keptKinds);
const ascii = new TextDecoder();

/** @param before how many values of the record were read already */
function readColumns(reader: BitReader, count: number, before = 0): MeasurementRecord {
  reader.needElements(count, 3);
  const values = new Array<number>(count);
  const expected = lastKinds;
  const codes = count <= keptKinds ? someCodes : new Uint8Array(count);
  let differs = expected.length !== count;
  let index = 0;
  try {
    for (; index < count; index++) {
      const kind = readValue(reader, values, index);
      codes[index] = kind;
      differs ||= kind !== expected.charCodeAt(index);
    }
  } catch (error) {
    throw inValues(error, before + index);
  }
  if (!differs) return { kinds: expected, values };
  // Not character by character: a text that grows takes about 32 octets for each until it is read.
  const kinds = ascii.decode(codes.subarray(0, count));
  if (count <= keptKinds) lastKinds = kinds;
  return { kinds, values };
}

/** Reads the value of that index and says its kind. */
function readValue(reader: BitReader, values: number[], index: number): number {
  const at = reader.position;
  if ((at & 7) === 0 && at < reader.limit) {
    // As it is behind integers and reals: what precedes the value's octets fills one.
    const head = reader.octets[at >>> 3]! >>> 3;
    if (head < 4) {
      reader.position = at + 8;
      values[index] = reader.readUnsigned(head + 1);
      return integerKind;
    }
    if (head < 8) {
      reader.position = at + 8;
      values[index] = readReal(reader);
      return realKind;
    }
  }
  switch (reader.readBits(3)) {
    case 0: {
      const octets = reader.readBits(2) + 1;
      reader.align();
      values[index] = reader.readUnsigned(octets);
      return integerKind;
    }
    case 1:
      values[index] = readReal(reader);
      return realKind;
    case 2:
      values[index] = 0;
      return noValueKind;
    case 3:
      return reader.fail('ASN1_CONSTRAINT', `expected ${expectedKinds}, found alternative 3`);
    default:
      readExtension(reader);
      values[index] = 0;
      return notSatisfiedKind;
  }
}

function readExtension(reader: BitReader): void {
  // Back behind the extension bit.
  reader.position -= 2;
  const index = readNormallySmall(reader);
  if (index !== 0) {
    reader.fail('ASN1_UNKNOWN_EXTENSION', `expected ${expectedKinds}, found extension ${index}`);
  }
  skipOpen(reader);
}

const inValues = (error: unknown, index: number): unknown => within(within(error, index), 'values');

/** MeasurementDataItem for the cases that the short way leaves: it is newer than this schema. */
const item = sequence({ columns, incomplete: optional(flag()) }, {});
const { decode: readFlag } = flag();

/** MeasurementDataItem: a MeasurementRecord and its incompleteFlag. */
export const measurementRecord: Type<MeasurementRecord> = defineType({
  minBits: item.minBits,
  encode(writer, record) {
    if (typeof record !== 'object' || record === null) refuse(record, 'a record {kinds, values}');
    const { incomplete } = record;
    writer.writeBits(incomplete === undefined ? 0 : 1, 2);
    columns.encode(writer, record);
    if (incomplete !== undefined) flag().encode(writer, incomplete);
  },
  decode(reader) {
    const head = reader.readBits(2);
    if (head < 2) {
      const record = columns.decode(reader);
      if (head === 0) return record;
      const { kinds, values } = record;
      return { kinds, values, incomplete: readFlag(reader) };
    }
    reader.position -= 2;
    const { columns: record, ...rest } = item.decode(reader);
    return { ...record, ...rest };
  },
});
