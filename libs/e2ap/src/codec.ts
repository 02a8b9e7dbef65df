import { type IgnoredIe } from '@ricochet/asn1';
import { type E2apPdu } from './pdu.js';

export interface DecodeOptions {
  /** Told of each IE that the schema does not have and that may be passed over. */
  readonly onIgnored?: ((ie: IgnoredIe) => void) | undefined;
}

/** Turns PDUs into octets and back; `decode` throws E2apDecodeError and nothing else. */
export interface E2apCodec {
  encode(pdu: E2apPdu): Uint8Array;
  decode(octets: Uint8Array, options?: DecodeOptions): E2apPdu;
}
