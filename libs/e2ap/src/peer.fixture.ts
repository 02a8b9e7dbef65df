import { setImmediate } from 'node:timers/promises';
import { aperCodec } from './aper-codec.js';
import { type E2apPdu } from './pdu.js';
import { type Transport } from './transport.js';

/** The far end: sees PDUs and sends what it is told to. */
export class Peer {
  readonly seen: E2apPdu[] = [];
  closedWith: string | undefined;

  constructor(private readonly transport: Transport) {
    transport.listen({
      onPdu: (octets) => this.seen.push(aperCodec.decode(octets)),
      onClosed: (reason) => (this.closedWith = reason),
    });
  }

  send(pdu: E2apPdu): void {
    this.sendOctets(aperCodec.encode(pdu));
  }

  sendOctets(octets: Uint8Array): void {
    this.transport.send(octets);
  }

  close(reason: string): void {
    this.transport.close(reason);
  }
}

/** Lets all PDUs that are under way arrive. */
export const delivered = (): Promise<void> => setImmediate();
