import { SctpAssociationWriter } from './pcap/sctp-association-writer.js';

/** E2 over SCTP (E2GAP): the port that a RIC listens on, and the payload protocol identifier of E2. */
export const E2_PORT = 36_421;
export const E2_PPID = 70;

const RIC_ADDRESS = '10.0.0.1';
/** Nodes are at 10.0.1.1 and on. */
const NODE_NETWORK = '10.0';
const FIRST_NODE_PORT = 49_152;
/** What makes an association's name unique, behind the node's. */
const UUID = /-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The node of an association over NATS, by its name. */
export function nodeOfAssociation(association: string): string {
  return association.replace(UUID, '');
}

/** Who sent a PDU. */
export type Direction = 'up' | 'down';

/**
 * Puts the PDUs of E2 associations over NATS into SCTP packets as if they had gone over a network: one address a node,
 * one association for each of theirs, begun with a handshake before its first PDU.
 */
export class E2Recording {
  private readonly associations = new Map<string, SctpAssociationWriter>();
  /** How often each node has connected. */
  private readonly lives = new Map<string, number>();

  /** The packets that bring a PDU. */
  packets(association: string, direction: Direction, octets: Uint8Array): Uint8Array[] {
    const known = this.associations.get(association);
    const writer = known ?? this.begin(association);
    const handshake = known === undefined ? writer.handshake() : [];
    return [...handshake, ...writer.message(direction === 'up' ? 'client' : 'server', octets)];
  }

  /** Nodes that have sent or received. */
  get nodes(): number {
    return this.lives.size;
  }

  private begin(association: string): SctpAssociationWriter {
    const node = nodeOfAssociation(association);
    const life = this.lives.get(node) ?? 0;
    this.lives.set(node, life + 1);
    const place = [...this.lives.keys()].indexOf(node);
    const writer = new SctpAssociationWriter({
      client: {
        address: `${NODE_NETWORK}.${1 + Math.floor(place / 254)}.${1 + (place % 254)}`,
        port: FIRST_NODE_PORT + life,
      },
      server: { address: RIC_ADDRESS, port: E2_PORT },
      ppid: E2_PPID,
      number: this.associations.size,
    });
    this.associations.set(association, writer);
    return writer;
  }
}
