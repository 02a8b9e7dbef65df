import { type BitReader } from '../per/bit-reader.js';
import { type BitWriter } from '../per/bit-writer.js';
import { constrainedReader, constrainedWriter } from '../per/whole-number.js';
import { refuse, type Type } from '../type.js';
import { criticalities, type Criticality } from './criticality.js';

export type Presence = 'mandatory' | 'optional';

/** A row of an information object set: an IE that a message may hold. */
export interface Ie<T, P extends Presence = Presence> {
  readonly id: number;
  readonly criticality: Criticality;
  readonly type: Type<T>;
  readonly presence: P;
}

/** `{ ID id CRITICALITY criticality TYPE type PRESENCE presence }`; conditional ones are optional here. */
export function ie<T>(id: number, criticality: Criticality, type: Type<T>): Ie<T, 'mandatory'>;
export function ie<T, const P extends Presence>(
  id: number,
  criticality: Criticality,
  type: Type<T>,
  presence: P,
): Ie<T, P>;
export function ie<T>(
  id: number,
  criticality: Criticality,
  type: Type<T>,
  presence: Presence = 'mandatory',
): Ie<T> {
  return { id, criticality, type, presence };
}

/** Bits of the shortest IE: id, criticality padded to an octet, a length and one octet. */
export const ieMinBits = 40;

const readCriticalityIndex = constrainedReader(0, criticalities.length - 1);
const writeCriticalityIndex = constrainedWriter(0, criticalities.length - 1);

export const readCriticality = (reader: BitReader): Criticality =>
  criticalities[readCriticalityIndex(reader)]!;

export const writeCriticality = (writer: BitWriter, criticality: Criticality): void =>
  writeCriticalityIndex(writer, criticalities.indexOf(criticality));

/** Reads the criticality of a known IE. */
export function readKnownCriticality(reader: BitReader, { id, criticality }: Ie<unknown>): void {
  const sent = readCriticality(reader);
  if (sent !== criticality) tellCriticality(reader, id, sent);
}

/** @param of which IE, or the PDU's procedure */
export function tellCriticality(reader: BitReader, of: number | 'procedure', sent: Criticality): void {
  (reader.toldForms().criticalities ??= {})[of] = sent;
}

/** The criticality to write. */
export function criticalityOf(writer: BitWriter, of: number | 'procedure', usual: Criticality): Criticality {
  const sent = writer.forms?.criticalities?.[of];
  if (sent === undefined) return usual;
  return criticalities.includes(sent) ? sent : refuse(sent, 'reject, ignore or notify');
}

/** The id, INTEGER (0..65535). */
export function readIeId(reader: BitReader): number {
  reader.align();
  return reader.readUnsigned(2);
}

export function writeIeHeader(writer: BitWriter, { id, criticality }: Ie<unknown>): void {
  writer.align();
  writer.writeUnsigned(id, 2);
  writeCriticality(writer, criticalityOf(writer, id, criticality));
}
