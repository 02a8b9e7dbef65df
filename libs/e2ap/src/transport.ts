export interface SendOptions {
  /** It may go a little later, with the next one. */
  readonly canWait?: boolean;
}

/** One association between a node and a RIC: whole PDUs, in order, until it closes. */
export interface Transport {
  /** Sends one PDU; after the close it does nothing. */
  send(octets: Uint8Array, options?: SendOptions): void;
  /** The one who hears what comes; set before anything can come. */
  listen(listener: TransportListener): void;
  /** Ends the association and tells the peer why. Our own listener hears `onClosed` too, once. */
  close(reason: string): void;
}

export interface TransportListener {
  onPdu(octets: Uint8Array): void;
  onClosed(reason: string): void;
}

/** Timers, handed in. */
export interface Timers {
  after(delayMs: number, call: () => void): () => void;
}
