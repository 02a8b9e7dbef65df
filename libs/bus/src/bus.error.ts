export type BusErrorCode =
  | 'BUS_UNREACHABLE'
  | 'BUS_AUTHENTICATION'
  | 'BUS_NO_RESPONDER'
  | 'BUS_TIMEOUT'
  | 'BUS_CLOSED'
  | 'BUS_INVALID_MESSAGE'
  | 'BUS_REFUSED'
  | 'BUS_INVALID_VECTOR'
  | 'BUS_OBJECT_STORE'
  | 'BUS_KEY_VALUE'
  | 'BUS_STREAM'
  | 'BUS_INVALID_SEED'
  | 'NATS_SERVER_MISSING'
  | 'NATS_SERVER_FAILED';

/** What went wrong between this process and its peers, in one line. */
export class BusError extends Error {
  constructor(
    readonly code: BusErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'BusError';
  }
}
