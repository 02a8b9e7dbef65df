import { Asn1Error } from './asn1-error.js';
import { describe } from './describe.js';
import { type BitReader } from './per/bit-reader.js';
import { type BitWriter } from './per/bit-writer.js';

/** An ASN.1 type, compiled: how its values are written and read. */
export interface Type<T> {
  /** No encoding is shorter, in bits. */
  readonly minBits: number;
  /** @throws {Asn1Error} when `value` is not one of this type; values may come from JSON */
  encode(this: void, writer: BitWriter, value: T): void;
  /** @throws {Asn1Error} */
  decode(this: void, reader: BitReader): T;
}

/** The TypeScript type of an ASN.1 type's values. */
export type Infer<S> = S extends Type<infer T> ? T : never;

/** One object shape for all types, so that calls through it stay fast. */
export function defineType<T>({ minBits, encode, decode }: Type<T>): Type<T> {
  return { minBits, encode, decode };
}

/** @throws {Asn1Error} ASN1_SHAPE always: `value` is not what a type takes */
export function refuse(value: unknown, expected: string): never {
  throw new Asn1Error('ASN1_SHAPE', `expected ${expected}, found ${describe(value)}`);
}

/** @throws {Asn1Error} ASN1_CONSTRAINT always: `value` is of the right shape but not allowed */
export function outOfConstraint(value: unknown, expected: string): never {
  throw new Asn1Error('ASN1_CONSTRAINT', `expected ${expected}, found ${describe(value)}`);
}
