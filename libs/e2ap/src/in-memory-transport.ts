import { type Transport, type TransportListener } from './transport.js';

/** The two ends of an association inside one process: PDUs arrive in order, in a later turn of the event loop. */
export function inMemoryTransports(): readonly [Transport, Transport] {
  const [a, b] = [new InMemoryTransport(), new InMemoryTransport()];
  a.peer = b;
  b.peer = a;
  return [a, b];
}

class InMemoryTransport implements Transport {
  peer: InMemoryTransport | undefined;
  private listener: TransportListener | undefined;
  private open = true;

  listen(listener: TransportListener): void {
    this.listener = listener;
  }

  send(octets: Uint8Array): void {
    if (this.open) queueMicrotask(() => this.peer?.receive(octets));
  }

  close(reason: string): void {
    if (!this.open) return;
    const { peer } = this;
    queueMicrotask(() => peer?.end(`closed by the peer: ${reason}`));
    this.end(reason);
  }

  private receive(octets: Uint8Array): void {
    if (this.open) this.listener?.onPdu(octets);
  }

  private end(reason: string): void {
    if (!this.open) return;
    this.open = false;
    this.listener?.onClosed(reason);
  }
}
