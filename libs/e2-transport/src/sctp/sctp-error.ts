export type SctpErrorCode =
  | 'SCTP_UNAVAILABLE'
  | 'SCTP_BAD_ADDRESS'
  | 'SCTP_ADDRESS_IN_USE'
  | 'SCTP_REFUSED'
  | 'SCTP_UNREACHABLE'
  | 'SCTP_TIMEOUT'
  | 'SCTP_PDU_TOO_LONG'
  | 'SCTP_FAILED';

/** What went wrong with SCTP, in one line. */
export class SctpError extends Error {
  constructor(
    readonly code: SctpErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SctpError';
  }
}

/** There is no SCTP here; the message says what to do. */
export class SctpUnavailable extends SctpError {
  constructor(why: string, options?: ErrorOptions) {
    super('SCTP_UNAVAILABLE', `${why}; E2 over NATS works without it`, options);
    this.name = 'SctpUnavailable';
  }
}

/** What the kernel says where there is no SCTP: no module, no such kind of socket, or no hmac for its cookies. */
const NO_SCTP: readonly string[] = ['EPROTONOSUPPORT', 'ESOCKTNOSUPPORT', 'ENOSYS'];

const CODES: Readonly<Record<string, SctpErrorCode>> = {
  EADDRINUSE: 'SCTP_ADDRESS_IN_USE',
  EADDRNOTAVAIL: 'SCTP_BAD_ADDRESS',
  EAFNOSUPPORT: 'SCTP_BAD_ADDRESS',
  EAI_AGAIN: 'SCTP_BAD_ADDRESS',
  ENOTFOUND: 'SCTP_BAD_ADDRESS',
  ECONNREFUSED: 'SCTP_REFUSED',
  ECONNRESET: 'SCTP_REFUSED',
  EHOSTUNREACH: 'SCTP_UNREACHABLE',
  ENETUNREACH: 'SCTP_UNREACHABLE',
  ETIMEDOUT: 'SCTP_TIMEOUT',
};

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not use that port',
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'not an address of this machine',
  EAFNOSUPPORT: 'this machine has no such kind of address',
  EAI_AGAIN: 'the name service does not answer',
  ENOTFOUND: 'no such name',
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the peer aborted',
  EHOSTUNREACH: 'no way to that host',
  ENETUNREACH: 'no way to that network',
  ETIMEDOUT: 'no answer',
};

/** The error for what the kernel answered, such as `EADDRINUSE`; `where` is what was tried, on which address. */
export function sctpErrorOf(errno: string, where: string, cause?: unknown): SctpError {
  if (NO_SCTP.includes(errno)) {
    return new SctpUnavailable(
      `this kernel has no SCTP (${errno}): "modprobe sctp" as root, of a container's host, loads it where it is built`,
      { cause },
    );
  }
  const words = WORDS[errno];
  const text = words === undefined ? errno : `${words} (${errno})`;
  return new SctpError(CODES[errno] ?? 'SCTP_FAILED', `${where}: ${text}`, { cause });
}

/** `host:port` as people write it. */
export function formatAddress(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
