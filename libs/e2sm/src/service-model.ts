/** Octets that are no message of the service model, or values that it can not carry. */
export class E2smError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'E2smError';
  }
}

/** One message of a service model: octets to value and back. Both throw {@link E2smError} alone. */
export interface MessageCodec<T> {
  encode(value: T): Uint8Array;
  decode(octets: Uint8Array): T;
}
