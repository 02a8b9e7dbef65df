import { type Criticality } from '../information-objects/criticality.js';

/**
 * How a sender wrote what can be written in several ways, where it differs from ours: told by decoding, kept when
 * encoding is given it back. It may come from JSON. What does not fit a value that was changed meanwhile has no effect.
 */
export interface SentForms {
  /** Criticalities that are not the schema's, by IE id, or of the `procedure`. */
  readonly criticalities?: Readonly<Record<string, Criticality>>;
  /** The ids of IEs that did not come in the order of their table. */
  readonly ieOrder?: readonly number[];
  /**
   * How many additions the sender's schemas have, 1 to 64, where ours have more or fewer: by the place of the SEQUENCE
   * among those sent with additions.
   */
  readonly additionCounts?: Readonly<Record<number, number>>;
  /** Mantissas of REALs take the octets that they have in IEEE 754, so that some begin with zeros, as asn1c's do. */
  readonly paddedReals?: true;
}

/** Forms while they are being told. */
export interface ToldForms extends SentForms {
  criticalities?: Record<string, Criticality>;
  ieOrder?: number[];
  additionCounts?: Record<number, number>;
  paddedReals?: true;
}
