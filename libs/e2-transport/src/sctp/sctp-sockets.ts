import { isIPv6 } from 'node:net';
import { getSystemErrorName } from 'node:util';
import { loadLibc, type Libc } from './libc.js';
import { formatAddress, SctpError, sctpErrorOf } from './sctp-error.js';

/** E2AP's payload protocol identifier; a CU-UP's is 71, a DU's 72, and FlexRIC's agent sends 0. */
export const E2AP_PPID = 70;

// Linux's numbers, the same on all architectures that koffi and Node run on.
const AF_INET = 2;
const AF_INET6 = 10;
const SOCK_STREAM = 1;
const SOCK_CLOEXEC = 0o2000000;
const IPPROTO_SCTP = 132;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SCTP_RTOINFO = 0;
const SCTP_ASSOCINFO = 1;
const SCTP_INITMSG = 2;
const SCTP_NODELAY = 3;
const SCTP_PEER_ADDR_PARAMS = 9;
const SCTP_DEFAULT_SNDINFO = 34;

/** What is asked for; the kernel gives twice `net.core.wmem_max`, or `rmem_max`, where that is less. */
const BUFFER_OCTETS = 2 * 1024 * 1024;

/**
 * How a peer that has vanished is noticed: heartbeats on an idle association, retransmissions on a busy one, and the
 * fourth failure in a row ends it. Over a short path that is 3 to 7 s, or about 2 s where something was sent.
 */
const HEARTBEAT_MS = 500;
const RETRANSMISSIONS = 3;
const RTO_INITIAL_MS = 500;
const RTO_MAX_MS = 1_000;
const RTO_MIN_MS = 250;

/** A socket of the kernel, one to one, not yet bound or connected. */
export interface SctpSocket {
  readonly fd: number;
  /** A longer message is refused by the kernel (EMSGSIZE). */
  readonly maxMessageOctets: number;
}

/** @throws SctpUnavailable where there is no SCTP, for those who would only try again and again. */
export async function requireSctp(): Promise<void> {
  const libc = await loadLibc();
  libc.close(new SctpSockets(libc).open('127.0.0.1', 0, E2AP_PPID).fd);
}

/** Opens sockets; their options pass on to the associations that they accept. */
export class SctpSockets {
  constructor(private readonly libc: Libc) {}

  /** @throws SctpUnavailable where there is no Linux or no koffi. */
  static async load(): Promise<SctpSockets> {
    return new SctpSockets(await loadLibc());
  }

  /** @throws SctpUnavailable; SctpError for what else the kernel says. */
  open(host: string, port: number, ppid: number): SctpSocket {
    const where = `SCTP on ${formatAddress(host, port)}`;
    const fd = this.libc.socket(familyOf(host), SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_SCTP);
    if (fd < 0) throw this.error(where);
    try {
      for (const { level, name, value } of optionsOf(ppid)) {
        if (this.libc.setsockopt(fd, level, name, value, value.length) < 0) {
          throw this.error(`${where}: option ${name}`);
        }
      }
      const granted = Buffer.alloc(4);
      if (this.libc.getsockopt(fd, SOL_SOCKET, SO_SNDBUF, granted, [4]) < 0) throw this.error(where);
      return { fd, maxMessageOctets: granted.readUInt32LE() };
    } catch (error) {
      this.libc.close(fd);
      throw error;
    }
  }

  /** Opens a socket on an address of this machine, for a server to listen on. */
  openBound(host: string, port: number, ppid: number): SctpSocket {
    const socket = this.open(host, port, ppid);
    try {
      const address = this.socketAddress(host, port);
      if (this.libc.bind(socket.fd, address, address.length) < 0) {
        throw this.error(`SCTP on ${formatAddress(host, port)}`);
      }
      return socket;
    } catch (error) {
      this.libc.close(socket.fd);
      throw error;
    }
  }

  /** `sockaddr_in`: family, port, address; `sockaddr_in6` has a flow label between the two, and a scope behind. */
  private socketAddress(host: string, port: number): Buffer {
    const family = familyOf(host);
    const address = Buffer.alloc(family === AF_INET6 ? 28 : 16);
    const binary = Buffer.alloc(family === AF_INET6 ? 16 : 4);
    if (this.libc.inet_pton(family, host, binary) !== 1) {
      throw new SctpError('SCTP_BAD_ADDRESS', `SCTP on ${formatAddress(host, port)}: not an IP address`);
    }
    address.writeUInt16LE(family, 0);
    address.writeUInt16BE(port, 2);
    binary.copy(address, family === AF_INET6 ? 8 : 4);
    return address;
  }

  private error(where: string): SctpError {
    return sctpErrorOf(getSystemErrorName(-this.libc.errno()), where);
  }
}

function familyOf(host: string): number {
  return isIPv6(host) ? AF_INET6 : AF_INET;
}

interface SocketOption {
  readonly level: number;
  readonly name: number;
  readonly value: Buffer;
}

/** The options of RFC 6458, each a C structure in which zero stands for "as it is", and for all associations. */
function optionsOf(ppid: number): readonly SocketOption[] {
  const rto = Buffer.alloc(16);
  rto.writeUInt32LE(RTO_INITIAL_MS, 4);
  rto.writeUInt32LE(RTO_MAX_MS, 8);
  rto.writeUInt32LE(RTO_MIN_MS, 12);
  const association = Buffer.alloc(20);
  association.writeUInt16LE(RETRANSMISSIONS, 4);
  // Every lost INIT is sent again within a second; the caller's time decides when that is given up.
  const init = Buffer.alloc(8);
  init.writeUInt16LE(0xff, 4);
  init.writeUInt16LE(RTO_MAX_MS, 6);
  const path = Buffer.alloc(156);
  const heartbeatEnabled = 1;
  path.writeUInt32LE(HEARTBEAT_MS, 132);
  path.writeUInt16LE(RETRANSMISSIONS, 136);
  path.writeUInt32LE(heartbeatEnabled, 146);
  const sending = Buffer.alloc(16);
  sending.writeUInt32BE(ppid, 4);
  const sctp = (name: number, value: Buffer): SocketOption => ({ level: IPPROTO_SCTP, name, value });
  const plain = (name: number, value: number): SocketOption => ({
    level: SOL_SOCKET,
    name,
    value: wordOf(value),
  });
  return [
    plain(SO_REUSEADDR, 1),
    plain(SO_SNDBUF, BUFFER_OCTETS),
    plain(SO_RCVBUF, BUFFER_OCTETS),
    sctp(SCTP_RTOINFO, rto),
    sctp(SCTP_ASSOCINFO, association),
    sctp(SCTP_INITMSG, init),
    sctp(SCTP_NODELAY, wordOf(1)),
    sctp(SCTP_PEER_ADDR_PARAMS, path),
    sctp(SCTP_DEFAULT_SNDINFO, sending),
  ];
}

function wordOf(value: number): Buffer {
  const word = Buffer.alloc(4);
  word.writeUInt32LE(value);
  return word;
}
