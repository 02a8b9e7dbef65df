import { Asn1Error, within } from '../asn1-error.js';
import { type BitReader } from '../per/bit-reader.js';
import { readOpen, skipOpen, writeOpen } from '../per/open-type.js';
import { constrainedReader, constrainedWriter } from '../per/whole-number.js';
import { defineType, refuse, type Type } from '../type.js';
import { type Flat } from '../types/fields.js';
import { compileAdditions } from '../types/additions.js';
import { type Property, property } from '../types/object-shape.js';
import { assertObject, countFields, refuseOthers } from '../types/sequence.js';
import { type Ie, ieMinBits, readCriticality, readIeId, readKnownCriticality, writeIeHeader } from './ie.js';

/** The IEs of a message by field name, in the order in which they are sent. */
export type IeTable = Readonly<Record<string, Ie<unknown>>>;

type OptionalIes<T> = { [K in keyof T]: T[K] extends Ie<unknown, 'mandatory'> ? never : K }[keyof T];
type IeValue<I> = I extends Ie<infer T> ? T : never;

export type InferIes<T> = Flat<
  { -readonly [K in Exclude<keyof T, OptionalIes<T>>]: IeValue<T[K]> } & {
    -readonly [K in OptionalIes<T>]?: IeValue<T[K]>;
  }
>;

interface Row extends Ie<unknown> {
  readonly name: string;
  readonly place: number;
  readonly property: Property;
}

const readCount = constrainedReader(0, 65_535);
const writeCount = constrainedWriter(0, 65_535);

/**
 * ProtocolIE-Container, SEQUENCE (SIZE (0..65535)) OF {id, criticality, value}, as one object. Sent in the
 * table's order, received in any. Twice the same id, a missing mandatory one and an unknown one with
 * criticality reject are errors that carry `ie`; other unknown ones are skipped and told to `onIgnored`.
 */
export function ieContainer<const T extends IeTable>(table: T): Type<InferIes<T>>;
export function ieContainer(table: IeTable): Type<Record<string, unknown>> {
  const rows = Object.entries(table).map(([name, row], place): Row => ({
    ...row,
    name,
    place,
    property: property(name),
  }));
  const names = new Set(rows.map(({ name }) => name));
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  if (rowOf.size < rows.length || rows.some(({ id }) => !Number.isInteger(id) || id < 0 || id > 65_535)) {
    throw new Asn1Error(
      'ASN1_SCHEMA',
      `IE ids must differ and be 0 to 65535: ${[...rowOf.keys()].join(', ')}`,
    );
  }
  const mandatory = rows.filter(({ presence }) => presence === 'mandatory');
  /** @returns the place in the table of what was read, -1 for what is in none */
  const readInto = (reader: BitReader, value: Record<string, unknown>, highest: number): number => {
    const id = readIeId(reader);
    const row = rowOf.get(id);
    if (row === undefined) {
      skipUnknownIe(reader, id);
      return -1;
    }
    const { name, type, place } = row;
    readKnownCriticality(reader, row);
    if (place <= highest && Object.hasOwn(value, name)) {
      const details = { ie: { id, criticality: row.criticality } };
      reader.fail('ASN1_DUPLICATE_IE', `expected ${name} (IE ${id}) once, found it twice`, details);
    }
    try {
      row.property.set(value, readOpen(reader, type));
    } catch (error) {
      throw within(error, name);
    }
    return place;
  };
  return defineType<Record<string, unknown>>({
    minBits: 16 + mandatory.length * ieMinBits,
    encode(writer, value) {
      assertObject(value);
      const order = writer.forms?.ieOrder;
      const present: { row: Row; item: unknown }[] = [];
      let missing: Row | undefined;
      for (const row of order === undefined ? rows : inSentOrder(rows, order)) {
        const item = row.property.get(value);
        if (item !== undefined) present.push({ row, item });
        else if (row.presence === 'mandatory') missing ??= row;
      }
      if (present.length !== countFields(value)) refuseOthers(value, names);
      if (missing !== undefined) throw missingIe(missing);
      writeCount(writer, present.length);
      for (const { row, item } of present) {
        writeIeHeader(writer, row);
        try {
          writeOpen(writer, row.type, item);
        } catch (error) {
          throw within(error, row.name);
        }
      }
    },
    decode(reader) {
      const count = readCount(reader);
      reader.needElements(count, ieMinBits);
      const value: Record<string, unknown> = {};
      let isInOrder = true;
      for (let left = count, highest = -1; left > 0; left--) {
        const place = readInto(reader, value, highest);
        if (place > highest) highest = place;
        else if (place >= 0) isInOrder = false;
      }
      if (!isInOrder) tellOrder(reader, value, table);
      for (const row of mandatory) {
        if (!Object.hasOwn(value, row.name)) throw missingIe(row, reader.inputBit(reader.position));
      }
      return value;
    },
  });
}

function tellOrder(reader: BitReader, value: Readonly<Record<string, unknown>>, table: IeTable): void {
  const order = (reader.toldForms().ieOrder ??= []);
  for (const name in value) order.push(table[name]!.id);
}

/** Rows in the order of the ids given; those that are not among them stand behind. */
function inSentOrder(rows: readonly Row[], ids: readonly number[]): Row[] {
  if (!Array.isArray(ids)) refuse(ids, 'an array of IE ids');
  const placeOf = new Map(ids.toReversed().map((id: number, place) => [id, ids.length - place]));
  const place = ({ id }: Row): number => placeOf.get(id) ?? Infinity;
  return rows.toSorted((one, other) => place(one) - place(other) || 0);
}

/** A message as E2AP, NGAP and their kin have them: SEQUENCE { protocolIEs ProtocolIE-Container, ... }, flat. */
export function ieMessage<const T extends IeTable>(table: T): Type<InferIes<T>> {
  const container = ieContainer(table);
  const unknown = compileAdditions({});
  return defineType<InferIes<T>>({
    minBits: 1 + container.minBits,
    encode(writer, value) {
      writer.writeBit(0);
      container.encode(writer, value);
    },
    decode(reader) {
      const isExtended = reader.readBit() === 1;
      const value = container.decode(reader);
      unknown.read(reader, {}, isExtended);
      return value;
    },
  });
}

/** Passes over an IE that is in no table, from behind its id on. @throws {Asn1Error} ASN1_UNKNOWN_IE */
export function skipUnknownIe(reader: BitReader, id: number): void {
  const criticality = readCriticality(reader);
  if (criticality === 'reject') {
    const details = { ie: { id, criticality } };
    reader.fail('ASN1_UNKNOWN_IE', `expected a known IE, found ${id}, which is not to be ignored`, details);
  }
  const bitOffset = skipOpen(reader);
  reader.onIgnored?.({ id, criticality, bitOffset });
}

function missingIe({ name, id, criticality }: Ie<unknown> & { name: string }, bitOffset?: number): Asn1Error {
  return new Asn1Error('ASN1_MISSING_IE', `expected the mandatory ${name} (IE ${id}), found none`, {
    ie: { id, criticality },
    ...(bitOffset !== undefined && { bitOffset }),
  });
}
