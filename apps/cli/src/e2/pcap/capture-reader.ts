import { CaptureError } from './capture-error.js';
import { readIp } from './ip-packet.js';
import { ipPacketIn, isKnownLinkType, isUserLinkType, LINK_TYPE } from './link-layer.js';
import { type Packet } from './packet.js';
import { isPcap, readPcap } from './pcap-reader.js';
import { isPcapng, readPcapng } from './pcapng-reader.js';
import { SctpReassembly, type SctpMessage } from './sctp-reassembly.js';
import { readSctp } from './sctp-packet.js';

/** A message of SCTP's user as it was captured. */
export interface CapturedMessage extends SctpMessage {
  /** Of the packet that made it whole: from 1, and its time since 1970. */
  readonly packetNumber: number;
  readonly timeUs: number;
  /** `address:port`, empty where the capture has none. */
  readonly source: string;
  readonly destination: string;
}

/** What a capture held that is no whole message. */
export interface CaptureCounts {
  packets: number;
  /** Not SCTP over IP. */
  otherPackets: number;
  ipFragments: number;
  cutOffPackets: number;
  /** DATA chunks of messages that never came whole. */
  unfinishedChunks: number;
}

export function isCapture(octets: Uint8Array): boolean {
  return isPcap(octets) || isPcapng(octets);
}

/** Reads a capture, pcap or pcapng, for the messages that SCTP carried. */
export class CaptureReader {
  readonly counts: CaptureCounts = {
    packets: 0,
    otherPackets: 0,
    ipFragments: 0,
    cutOffPackets: 0,
    unfinishedChunks: 0,
  };
  private readonly directions = new Map<string, SctpReassembly>();

  constructor(private readonly octets: Uint8Array) {}

  /** @throws {CaptureError} where the file can not be read any further, after the messages before that */
  *messages(): Generator<CapturedMessage> {
    const packets = isPcapng(this.octets) ? readPcapng(this.octets) : readPcap(this.octets);
    try {
      for (const packet of packets) {
        this.counts.packets += 1;
        yield* this.messagesIn(packet);
      }
    } finally {
      this.counts.unfinishedChunks = [...this.directions.values()].reduce(
        (sum, { unfinished }) => sum + unfinished,
        0,
      );
    }
  }

  private *messagesIn({ linkType, octets, timeUs }: Packet): Generator<CapturedMessage> {
    const at = { packetNumber: this.counts.packets, timeUs };
    if (!isKnownLinkType(linkType)) {
      throw new CaptureError(
        `packet ${at.packetNumber} is of link type ${linkType}, which this program does not read`,
      );
    }
    if (isUserLinkType(linkType)) {
      yield { ...at, octets, streamId: 0, ppid: 0, source: '', destination: '' };
      return;
    }
    const content =
      linkType === LINK_TYPE.sctp
        ? { kind: 'sctp' as const, source: '', destination: '', payload: octets }
        : readIp(ipPacketIn(linkType, octets) ?? new Uint8Array());
    if (content.kind === 'fragment') this.counts.ipFragments += 1;
    const sctp = content.kind === 'sctp' ? readSctp(content.payload) : undefined;
    if (content.kind !== 'sctp' || sctp === undefined) {
      this.counts.otherPackets += content.kind === 'other' ? 1 : 0;
      return;
    }
    if (sctp.isCutOff) this.counts.cutOffPackets += 1;
    const source = `${content.source}:${sctp.sourcePort}`;
    const destination = `${content.destination}:${sctp.destinationPort}`;
    const direction = this.directionOf(`${source} ${destination} ${sctp.verificationTag}`);
    for (const chunk of sctp.data) {
      const message = direction.add(chunk);
      if (message !== undefined) yield { ...at, ...message, source, destination };
    }
  }

  private directionOf(key: string): SctpReassembly {
    let direction = this.directions.get(key);
    if (direction === undefined) this.directions.set(key, (direction = new SctpReassembly()));
    return direction;
  }
}
