import { within } from '../asn1-error.js';
import { type BitReader } from '../per/bit-reader.js';
import { type BitWriter } from '../per/bit-writer.js';
import { readLength, writeLength } from '../per/length.js';
import { beginOpen, endOpen, readOpen, skipOpen } from '../per/open-type.js';
import { defineType, outOfConstraint, type Type } from '../type.js';
import {
  compileField,
  compileFields,
  type Field,
  type Fields,
  fieldsReader,
  fieldsWriter,
  type InferField,
  type InferFields,
} from './fields.js';

/** An extension addition group `[[ ... ]]`: fields that were added together. */
export interface Group<F extends Fields> {
  readonly group: F;
}

export const group = <const F extends Fields>(fields: F): Group<F> => ({ group: fields });

/** What stands behind `...`, in order; the keys of groups are for the schema's reader alone. */
export type Additions = Readonly<Record<string, Field | Group<Fields>>>;

type Intersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never;

/** All additions may be missing: the sender may be older. */
export type InferAdditions<A> = [keyof A] extends [never]
  ? unknown
  : Intersection<
      {
        [K in keyof A]: A[K] extends Group<infer F>
          ? Partial<InferFields<F>>
          : { -readonly [P in K]?: InferField<A[P]> };
      }[keyof A]
    >;

/** One addition of a SEQUENCE, alone or a group. */
interface Addition {
  readonly names: readonly string[];
  /** As one type whose values are the whole SEQUENCE's object: reading adds to it. */
  isPresent(value: Readonly<Record<string, unknown>>): boolean;
  write(writer: BitWriter, value: Readonly<Record<string, unknown>>): void;
  read(reader: BitReader, value: Record<string, unknown>): void;
  /** Fills defaults in when the addition is not there. */
  absent(value: Record<string, unknown>): void;
}

export interface CompiledAdditions {
  readonly names: readonly string[];
  isPresent(value: Readonly<Record<string, unknown>>): boolean;
  write(writer: BitWriter, value: Readonly<Record<string, unknown>>): void;
  /** @param sent whether the sender's extension bit was set */
  read(reader: BitReader, value: Record<string, unknown>, sent: boolean): void;
}

export function compileAdditions(additions: Additions): CompiledAdditions {
  const all = Object.entries(additions).map(([name, addition]) =>
    'group' in addition ? groupAddition(addition.group) : fieldAddition(name, addition),
  );
  return {
    names: all.flatMap(({ names }) => names),
    isPresent: (value) => all.some((addition) => addition.isPresent(value)),
    write(writer, value) {
      const place = writer.extended++;
      const sent = writer.forms?.additionCounts?.[place];
      const last = all.findLastIndex((addition) => addition.isPresent(value));
      const count = sent === undefined ? all.length : Math.max(additionCount(sent), last + 1);
      writeNormallySmallLength(writer, count);
      for (let index = 0; index < count; index++) writer.writeBit(all[index]?.isPresent(value) ? 1 : 0);
      for (const addition of all) if (addition.isPresent(value)) addition.write(writer, value);
    },
    read(reader, value, sent) {
      const count = sent ? readNormallySmallLength(reader) : 0;
      let bit = reader.position;
      reader.skip(count);
      if (sent) tellCount(reader, count, { known: all.length, bit });
      for (let index = 0; index < count; index++) {
        const isSent = reader.bitAt(bit++) === 1;
        const addition = all[index];
        // Newer than this schema: passed over.
        if (addition === undefined) {
          if (isSent) skipOpen(reader);
        } else if (isSent) addition.read(reader, value);
        else addition.absent(value);
      }
      for (let index = count; index < all.length; index++) all[index]!.absent(value);
    },
  };
}

/** Counts a SEQUENCE that will be written with additions, and tells how many its sender knows where we know others. */
function tellCount(reader: BitReader, count: number, { known, bit }: { known: number; bit: number }): void {
  let index = 0;
  while (index < count && index < known && reader.bitAt(bit + index) === 0) index++;
  if (index === count || index === known) return;
  const place = reader.extended++;
  if (count !== known && count <= maxCounted) (reader.toldForms().additionCounts ??= {})[place] = count;
}

function additionCount(count: number): number {
  if (Number.isInteger(count) && count >= 1 && count <= maxCounted) return count;
  return outOfConstraint(count, `1 to ${maxCounted} additions of a sender's`);
}

function fieldAddition(name: string, field: Field): Addition {
  const { type, byDefault } = compileField(name, field);
  return {
    names: [name],
    isPresent: (value) => value[name] !== undefined && !byDefault?.equals(value[name]),
    write(writer, value) {
      const start = beginOpen(writer);
      try {
        type.encode(writer, value[name]);
      } catch (error) {
        throw within(error, name);
      }
      endOpen(writer, start);
    },
    read(reader, value) {
      try {
        value[name] = readOpen(reader, type);
      } catch (error) {
        throw within(error, name);
      }
    },
    absent(value) {
      if (byDefault !== undefined) value[name] = byDefault.get();
    },
  };
}

function groupAddition(fields: Fields): Addition {
  const compiled = compileFields(fields);
  const readFields = fieldsReader(compiled);
  const writeFields = fieldsWriter(compiled);
  return {
    names: compiled.map(({ property }) => property.name),
    isPresent: (value) =>
      compiled.some(({ property, byDefault }) => {
        const item = property.get(value);
        return item !== undefined && !byDefault?.equals(item);
      }),
    write(writer, value) {
      const start = beginOpen(writer);
      // However many fields the whole object has, those of the group are all looked for.
      writeFields(writer, value, Infinity);
      endOpen(writer, start);
    },
    read(reader, value) {
      readOpen(reader, intoObject(readFields, value));
    },
    absent(value) {
      for (const { property, byDefault } of compiled) {
        if (byDefault !== undefined) property.set(value, byDefault.get());
      }
    },
  };
}

/** A group's fields as a type that reads into an object already there. */
function intoObject(
  read: (reader: BitReader, value: Record<string, unknown>) => void,
  value: Record<string, unknown>,
): Type<void> {
  return defineType<void>({
    minBits: 0,
    encode: () => undefined,
    decode: (reader) => read(reader, value),
  });
}

/** Senders with more additions than fit six bits are not told of: there are none. */
const maxCounted = 64;

/** X.691 11.9.3.4: 1 to 64 in six bits. */
function writeNormallySmallLength(writer: BitWriter, length: number): void {
  if (length <= maxCounted) writer.writeBits(length - 1, 7);
  else {
    writer.writeBit(1);
    writeLength(writer, length);
  }
}

function readNormallySmallLength(reader: BitReader): number {
  if (reader.readBit() === 0) return reader.readBits(6) + 1;
  const length = readLength(reader);
  if (length < 1) reader.fail('ASN1_MALFORMED', 'expected 1 to 16383 extension additions');
  return length;
}
