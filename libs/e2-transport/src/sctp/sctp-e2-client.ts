import { lookup } from 'node:dns/promises';
import { Socket, type SocketConstructorOpts } from 'node:net';
import { type Timers, type Transport } from '@ricochet/e2ap';
import { DEFAULT_SCTP_LIMITS, SctpAssociation, type SctpLimits } from './sctp-association.js';
import { formatAddress, SctpError, sctpErrorOf } from './sctp-error.js';
import { E2AP_PPID, type SctpSocket, SctpSockets } from './sctp-sockets.js';

export interface SctpE2ConnectOptions {
  /** Name or address of the RIC; the addresses of a name are tried in turn. */
  readonly host: string;
  readonly port: number;
  readonly timers: Timers;
  /** For all of it. */
  readonly timeoutMs: number;
  /** Payload protocol identifier of what is sent. Default 70, E2AP's; peers may use any. */
  readonly ppid?: number;
  readonly limits?: Partial<SctpLimits>;
}

/**
 * The node's side: opens an association with the RIC.
 * @throws SctpUnavailable where there is no SCTP; SctpError when no association comes about.
 */
export async function connectE2OverSctp(options: SctpE2ConnectOptions): Promise<Transport> {
  const { host, port, timers, timeoutMs, ppid = E2AP_PPID } = options;
  const where = `E2 over SCTP to ${formatAddress(host, port)}`;
  const sockets = await SctpSockets.load();
  const isTooLate = new AbortController();
  const stopTimer = timers.after(timeoutMs, () => isTooLate.abort());
  try {
    let failure: unknown;
    for (const { address } of await lookup(host, { all: true })) {
      if (isTooLate.signal.aborted) break;
      const opened = sockets.open(address, port, ppid);
      try {
        const socket = await connect(opened, { address, port, signal: isTooLate.signal });
        const limits = { ...DEFAULT_SCTP_LIMITS, ...options.limits };
        return new SctpAssociation(socket, { timers, limits, maxMessageOctets: opened.maxMessageOctets });
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  } catch (error) {
    if (error instanceof SctpError) throw error;
    if (isTooLate.signal.aborted) {
      throw new SctpError('SCTP_TIMEOUT', `${where}: no answer within ${timeoutMs} ms`, { cause: error });
    }
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw sctpErrorOf(code, where, error);
  } finally {
    stopTimer();
  }
}

interface Destination {
  /** Of IP, not a name: Node would try those of a name on TCP sockets of its own. */
  readonly address: string;
  readonly port: number;
  readonly signal: AbortSignal;
}

function connect({ fd }: SctpSocket, { address, port, signal }: Destination): Promise<Socket> {
  // libuv takes a one-to-one SCTP socket for one of TCP.
  const notReadYet: SocketConstructorOpts & { readonly manualStart: boolean } = { fd, manualStart: true };
  const socket = new Socket(notReadYet);
  return new Promise((resolve, reject) => {
    const giveUp = (): void => void socket.destroy(new Error('too late'));
    signal.addEventListener('abort', giveUp);
    socket.once('error', reject);
    socket.once('close', () => signal.removeEventListener('abort', giveUp));
    socket.connect({ host: address, port }, () => {
      signal.removeEventListener('abort', giveUp);
      socket.removeListener('error', reject);
      resolve(socket);
    });
  });
}
