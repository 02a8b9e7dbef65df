import { Asn1Error, BitReader, criticalities, type Criticality, readLength } from '@ricochet/asn1';
import { octets } from './types/ids.js';

/** An IE of a message as it came. */
export interface RawIe {
  readonly id: number;
  readonly criticality: Criticality;
  /** Its value, still encoded. */
  readonly octets: Uint8Array;
}

/** Choice, procedure code and criticality. */
const HEADER_BITS = 24;

/**
 * The IEs of octets that begin like a PDU, without knowing what they hold: for those that can not be decoded. As many
 * as can be told apart; of a message in fragments, those that are whole in the first.
 */
export function rawIes(pdu: Uint8Array): RawIe[] {
  const ies: RawIe[] = [];
  try {
    const reader = new BitReader(pdu);
    reader.skip(HEADER_BITS);
    const length = Math.abs(readLength(reader));
    reader.limit = Math.min(reader.limit, reader.position + length * 8);
    // The extension bit of the message, alone in its octet.
    reader.skip(8);
    for (let left = reader.readUnsigned(2); left > 0; left--) {
      const id = reader.readUnsigned(2);
      const criticality = criticalities[reader.readOctet() >> 6];
      if (criticality === undefined) break;
      // An open type is encoded as an OCTET STRING is.
      ies.push({ id, criticality, octets: octets.decode(reader) });
    }
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
  }
  return ies;
}
