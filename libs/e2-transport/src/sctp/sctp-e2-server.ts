import { type AddressInfo, createServer, type Server } from 'node:net';
import { type Timers, type Transport } from '@ricochet/e2ap';
import { MAX_ASSOCIATIONS, Places } from '../places.js';
import { DEFAULT_SCTP_LIMITS, SctpAssociation, type SctpLimits } from './sctp-association.js';
import { formatAddress, sctpErrorOf } from './sctp-error.js';
import { E2AP_PPID, SctpSockets } from './sctp-sockets.js';

export interface SctpE2ServerOptions {
  /** Address of this machine, such as `0.0.0.0`, or `::` for IPv6 and IPv4. */
  readonly host: string;
  /** 0 has one chosen. */
  readonly port: number;
  readonly timers: Timers;
  /** `peer` is its address and port. */
  readonly onAssociation: (transport: Transport, peer: string) => void;
  /** Whether a peer of this IP address is taken; another is aborted. All are when left out. */
  readonly takes?: (address: string) => boolean;
  /** One line for associations that could not be taken, and for one that sends too much. */
  readonly onTrouble: (line: string) => void;
  /** Payload protocol identifier of what is sent. Default 70, E2AP's; peers may use any. */
  readonly ppid?: number;
  readonly limits?: Partial<SctpLimits>;
  /** Default 512. */
  readonly maxAssociations?: number;
}

/** The RIC's side: listens on an SCTP port and takes associations. */
export class SctpE2Server {
  private readonly associations = new Set<SctpAssociation>();

  private constructor(private readonly server: Server) {}

  /** @throws SctpUnavailable where there is no SCTP; SctpError when the address can not be listened on. */
  static async listen(options: SctpE2ServerOptions): Promise<SctpE2Server> {
    const { host, port, timers, onAssociation, onTrouble, ppid = E2AP_PPID } = options;
    const { maxAssociations = MAX_ASSOCIATIONS, takes = () => true } = options;
    const sockets = await SctpSockets.load();
    const { fd, maxMessageOctets } = sockets.openBound(host, port, ppid);
    const limits = { ...DEFAULT_SCTP_LIMITS, ...options.limits };
    const server = createServer();
    const made = new SctpE2Server(server);
    const where = `SCTP on ${formatAddress(host, port)}`;
    const places = new Places(maxAssociations, (line) => onTrouble(`${where}: ${line}`));
    server.on('connection', (socket) => {
      const { remoteAddress = 'unknown', remotePort = 0 } = socket;
      const peer = formatAddress(remoteAddress, remotePort);
      if (!takes(remoteAddress) || places.refuse(peer) !== undefined) {
        socket.on('error', () => undefined).resetAndDestroy();
        return;
      }
      const onFlood = (what: string): void => onTrouble(`${peer} sends ${what}: it is read at that pace`);
      const association = new SctpAssociation(socket, { timers, limits, maxMessageOctets, onFlood });
      made.associations.add(association);
      socket.once('close', () => {
        made.associations.delete(association);
        places.free();
      });
      onAssociation(association, peer);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        reject(sctpErrorOf(error.code ?? error.message, where, error));
      });
      server.listen({ fd }, resolve);
    });
    server.removeAllListeners('error');
    server.on('error', (error) => onTrouble(`${where}: ${error.message}`));
    return made;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Closes all associations and frees the port. */
  async close(reason: string): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const association of [...this.associations]) association.close(reason);
    await closed;
  }
}
