import { Asn1Error, BitReader, readLength } from '@ricochet/asn1';

/** An IE of a message as it came. */
export interface RawIe {
  readonly id: number;
  readonly criticality: string;
  readonly octets: Uint8Array;
}

const HEADER_BITS = 24;
const CRITICALITIES = ['reject', 'ignore', 'notify'];

/**
 * The IEs of octets that begin like a PDU, without knowing what they hold: for those that can not be decoded. As many
 * as can be told apart.
 */
export function rawIes(octets: Uint8Array): RawIe[] {
  const ies: RawIe[] = [];
  try {
    const reader = new BitReader(octets);
    reader.skip(HEADER_BITS);
    readLength(reader);
    // The extension bit of the message, alone in its octet.
    reader.skip(8);
    for (let left = reader.readUnsigned(2); left > 0; left--) {
      const id = reader.readUnsigned(2);
      const criticality = CRITICALITIES[reader.readOctet() >> 6];
      if (criticality === undefined) break;
      ies.push({ id, criticality, octets: reader.readOctets(readLength(reader)) });
    }
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
  }
  return ies;
}
