import { ipv4Packet, IPV4_HEADER_OCTETS } from './ipv4-writer.js';
import { DATA_HEADER_OCTETS, SCTP_HEADER_OCTETS } from './sctp-packet.js';
import { cookieAckChunk, cookieEchoChunk, dataChunk, initChunk, sctpPacket } from './sctp-writer.js';

/** Of Ethernet. */
const MAX_PACKET_OCTETS = 1500;
const MAX_FRAGMENT_OCTETS = MAX_PACKET_OCTETS - IPV4_HEADER_OCTETS - SCTP_HEADER_OCTETS - DATA_HEADER_OCTETS;

/** Verification tag of an INIT: the peer has not chosen one. */
const NO_TAG_YET = 0;

export interface SctpEnd {
  readonly address: string;
  readonly port: number;
}

export interface SctpAssociationOptions {
  /** Who opens the association. */
  readonly client: SctpEnd;
  readonly server: SctpEnd;
  readonly ppid: number;
  /** Makes the tags; differs from one association to the next. */
  readonly number: number;
}

/** One of the two ends, as a sender. */
interface Sender {
  readonly own: SctpEnd;
  readonly peer: SctpEnd;
  /** Each end chose the tag that is sent to it. */
  readonly ownTag: number;
  readonly peerTag: number;
  tsn: number;
  streamSequence: number;
  packets: number;
}

/** Makes the IPv4 packets of one SCTP association that never was, on stream 0. The same calls give the same octets. */
export class SctpAssociationWriter {
  private readonly client: Sender;
  private readonly server: Sender;

  constructor(private readonly options: SctpAssociationOptions) {
    const { client, server, number } = options;
    const [clientTag, serverTag] = [2 * number + 1, 2 * number + 2];
    const counters = { tsn: 1, streamSequence: 0, packets: 1 };
    this.client = { own: client, peer: server, ownTag: clientTag, peerTag: serverTag, ...counters };
    this.server = { own: server, peer: client, ownTag: serverTag, peerTag: clientTag, ...counters };
  }

  /** The four packets that open the association (RFC 9260 clause 5.1). */
  handshake(): Uint8Array[] {
    const { client, server } = this;
    const cookie = new TextEncoder().encode('a cookie');
    return [
      packet(client, initChunk(client.ownTag, client.tsn), NO_TAG_YET),
      packet(server, initChunk(server.ownTag, server.tsn, cookie)),
      packet(client, cookieEchoChunk(cookie)),
      packet(server, cookieAckChunk()),
    ];
  }

  /** A message, in as many packets as it takes. */
  message(from: 'client' | 'server', octets: Uint8Array): Uint8Array[] {
    const sender = this[from];
    const packets: Uint8Array[] = [];
    let at = 0;
    do {
      const chunk = dataChunk({
        tsn: sender.tsn,
        isFirst: at === 0,
        isLast: at + MAX_FRAGMENT_OCTETS >= octets.length,
        streamId: 0,
        streamSequence: sender.streamSequence,
        ppid: this.options.ppid,
        payload: octets.subarray(at, at + MAX_FRAGMENT_OCTETS),
      });
      packets.push(packet(sender, chunk));
      sender.tsn = (sender.tsn + 1) >>> 0;
      at += MAX_FRAGMENT_OCTETS;
    } while (at < octets.length);
    sender.streamSequence = (sender.streamSequence + 1) % 65_536;
    return packets;
  }
}

function packet(sender: Sender, chunk: Uint8Array, verificationTag = sender.peerTag): Uint8Array {
  const { own, peer } = sender;
  const header = { sourcePort: own.port, destinationPort: peer.port, verificationTag };
  const addresses = { source: own.address, destination: peer.address };
  return ipv4Packet({ ...addresses, id: sender.packets++ }, sctpPacket(header, chunk));
}
