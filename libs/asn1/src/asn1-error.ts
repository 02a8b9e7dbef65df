import { type Criticality } from './information-objects/criticality.js';

/** What was wrong, stable for programs. */
export type Asn1ErrorCode =
  /** The input ends before the value does. */
  | 'ASN1_TRUNCATED'
  /** Octets are left behind a complete encoding. */
  | 'ASN1_TRAILING'
  /** Bits that no value encodes to. */
  | 'ASN1_MALFORMED'
  /** A value or a size outside its constraint. */
  | 'ASN1_CONSTRAINT'
  /** A value to encode of another shape than its type. */
  | 'ASN1_SHAPE'
  /** An ENUMERATED or CHOICE extension that the schema does not have. */
  | 'ASN1_UNKNOWN_EXTENSION'
  /** An unknown information element whose criticality is reject. */
  | 'ASN1_UNKNOWN_IE'
  /** A mandatory information element is not there. */
  | 'ASN1_MISSING_IE'
  /** An information element comes twice. */
  | 'ASN1_DUPLICATE_IE'
  /** A procedure code that the table does not have. */
  | 'ASN1_UNKNOWN_PROCEDURE'
  /** A recursive type is nested deeper than allowed. */
  | 'ASN1_DEPTH'
  /** Input or output beyond 64 MiB, or more elements without bits than allowed. */
  | 'ASN1_TOO_LARGE'
  /** A `mapped` type's function refused the value. */
  | 'ASN1_MAPPING'
  /** A schema that can not be: an empty range, two equal ids ... */
  | 'ASN1_SCHEMA';

/** Which information object an error is about, as far as it is about one. */
export interface Asn1ErrorDetails {
  /** Where the error was found, in bits from the start of the whole input; absent when encoding. */
  readonly bitOffset?: number;
  readonly ie?: { readonly id: number; readonly criticality: Criticality };
  readonly procedure?: {
    readonly choice: string;
    readonly code: number;
    readonly criticality: Criticality;
  };
  readonly cause?: unknown;
}

/** Why a value does not encode or octets do not decode; the only exception this library throws. */
export class Asn1Error extends Error {
  override readonly name = 'Asn1Error';
  /** Where in the value, such as `E2setupRequest.ranFunctionsAdded[1].oid`; empty at the root. */
  path = '';
  readonly bitOffset: number | undefined;
  readonly ie: Asn1ErrorDetails['ie'];
  readonly procedure: Asn1ErrorDetails['procedure'];

  constructor(
    readonly code: Asn1ErrorCode,
    /** What was expected and found, without path and offset. */
    readonly reason: string,
    details: Asn1ErrorDetails = {},
  ) {
    super(reason, details.cause === undefined ? undefined : { cause: details.cause });
    this.bitOffset = details.bitOffset;
    this.ie = details.ie;
    this.procedure = details.procedure;
    this.#compose();
  }

  /** Puts a field name or an index before the path. */
  within(segment: string | number): this {
    const own = typeof segment === 'number' ? `[${segment}]` : segment;
    this.path = this.path === '' || this.path.startsWith('[') ? own + this.path : `${own}.${this.path}`;
    this.#compose();
    return this;
  }

  #compose(): void {
    const where = this.path === '' ? '' : `${this.path}: `;
    const offset = this.bitOffset === undefined ? '' : ` (at bit ${this.bitOffset})`;
    this.message = `${where}${this.reason}${offset}`;
  }
}

/** The error to throw on: with `segment` before its path, if it is one of ours. */
export function within(error: unknown, segment: string | number): unknown {
  return error instanceof Asn1Error ? error.within(segment) : error;
}
