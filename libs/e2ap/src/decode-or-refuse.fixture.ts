import { type E2apCodec } from './codec.js';
import { E2apDecodeError } from './decode-error.js';
import { type E2apPdu } from './pdu.js';

/** Fails on anything but a value that encodes again, or an {@link E2apDecodeError} with words. */
export function decodeOrRefuse(codec: E2apCodec, octets: Uint8Array): void {
  let pdu: E2apPdu;
  try {
    pdu = codec.decode(octets);
  } catch (error) {
    if (!(error instanceof E2apDecodeError)) throw error;
    if (error.message === '') throw new Error('a refusal without a word', { cause: error });
    // What would be told to the peer can be told.
    codec.encode({ message: 'ErrorIndication', value: error.report });
    return;
  }
  const again = codec.encode(pdu);
  if (!Buffer.from(again).equals(codec.encode(codec.decode(again))))
    throw new Error('another value came back');
}
