import { Asn1Error, within } from '../asn1-error.js';
import { readOpen, writeOpen } from '../per/open-type.js';
import { constrainedReader, constrainedWriter } from '../per/whole-number.js';
import { defineType, refuse, type Type } from '../type.js';
import { onlyKey } from '../types/choice.js';
import { property } from '../types/object-shape.js';
import { type Criticality } from './criticality.js';
import { criticalityOf, readCriticality, tellCriticality, writeCriticality } from './ie.js';

/** A message: which alternative of the PDU it comes in, under which procedure code and criticality. */
export interface Pdu<T, C extends string> {
  readonly choice: C;
  readonly procedureCode: number;
  readonly criticality: Criticality;
  readonly type: Type<T>;
}

export type PduTable<C extends string> = Readonly<Record<string, Pdu<unknown, C>>>;

type PduValue<P> = P extends Pdu<infer T, string> ? T : never;

/** One object type a message, each with exactly the message's name as its key. */
export type InferPdu<T> = { [K in keyof T]: { [P in K]: PduValue<T[P]> } }[keyof T];

/**
 * A PDU as E2AP, NGAP and their kin have them: an extensible CHOICE of `choices`, each {procedureCode INTEGER
 * (0..255), criticality, value}, where choice and procedure code together say the type; as an object with
 * exactly one key, the message's name. Paths of errors begin with that name.
 */
export function pduTable<const C extends string, const T extends PduTable<C>>(
  choices: readonly C[],
  messages: T,
): Type<InferPdu<T>>;
export function pduTable(
  choices: readonly string[],
  messages: PduTable<string>,
): Type<Record<string, unknown>> {
  const keyOf = (choice: number, code: number): number => choice * 256 + code;
  const rows = Object.entries(messages).map(([name, pdu]) => ({
    name,
    ...pdu,
    index: choices.indexOf(pdu.choice),
    property: property(name),
  }));
  const rowOf = new Map(rows.map((row) => [keyOf(row.index, row.procedureCode), row]));
  const byName = new Map(rows.map((row) => [row.name, row]));
  if (
    rowOf.size < rows.length ||
    rows.some(
      ({ index, procedureCode: code }) => index < 0 || !Number.isInteger(code) || code < 0 || code > 255,
    )
  ) {
    throw new Asn1Error('ASN1_SCHEMA', 'messages must differ in choice and procedure code, 0 to 255');
  }
  const readChoice = constrainedReader(0, choices.length - 1);
  const writeChoice = constrainedWriter(0, choices.length - 1);
  const expected = `one of ${[...byName.keys()].join(', ')}`;
  return defineType<Record<string, unknown>>({
    minBits: 40,
    encode(writer, value) {
      const name = onlyKey(value, expected);
      const row = byName.get(name);
      if (row === undefined) refuse(name, expected);
      writer.writeBit(0);
      writeChoice(writer, row.index);
      writer.align();
      writer.writeOctet(row.procedureCode);
      writeCriticality(writer, criticalityOf(writer, 'procedure', row.criticality));
      try {
        writeOpen(writer, row.type, value[name]);
      } catch (error) {
        throw within(error, name);
      }
    },
    decode(reader) {
      if (reader.readBit() === 1) {
        reader.fail('ASN1_UNKNOWN_EXTENSION', `expected one of ${choices.join(', ')}, found an extension`);
      }
      const index = readChoice(reader);
      reader.align();
      const code = reader.readOctet();
      const row = rowOf.get(keyOf(index, code));
      const criticality = readCriticality(reader);
      if (row === undefined) {
        const choice = choices[index]!;
        return reader.fail('ASN1_UNKNOWN_PROCEDURE', `expected a known procedure, found ${choice} ${code}`, {
          procedure: { choice, code, criticality },
        });
      }
      if (criticality !== row.criticality) tellCriticality(reader, 'procedure', criticality);
      try {
        return row.property.only(readOpen(reader, row.type));
      } catch (error) {
        throw within(error, row.name);
      }
    },
  });
}
