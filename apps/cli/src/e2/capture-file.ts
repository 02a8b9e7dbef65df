import { closeSync, openSync, writeSync } from 'node:fs';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { E2Recording, type Direction } from './e2-recording.js';
import { LINK_TYPE } from './pcap/link-layer.js';
import { pcapFileHeader, pcapPacket } from './pcap/pcap-writer.js';

/** A PDU on its way. */
export interface SentPdu {
  readonly association: string;
  readonly direction: Direction;
  readonly octets: Uint8Array;
}

/** A pcap file that grows with every PDU. */
export class CaptureFile {
  readonly counts = { pdus: 0, packets: 0, octets: 0 };
  private readonly recording = new E2Recording();
  private readonly descriptor: number;
  private lastUs = -1;
  private tellFailed: (error: unknown) => void = () => undefined;
  /** Rejects with a CliError when the file can be written no more. */
  readonly failed = new Promise<never>((_, reject) => {
    this.tellFailed = reject;
  });

  /** @throws {CliError} when the file can not be written */
  constructor(private readonly path: string) {
    this.failed.catch(() => undefined);
    try {
      this.descriptor = openSync(path, 'w');
    } catch (error) {
      throw new CliError(`--out ${pathFault(error, path)}`);
    }
    this.write(pcapFileHeader(LINK_TYPE.raw));
  }

  get nodes(): number {
    return this.recording.nodes;
  }

  /** Packets of one time are told apart by a microsecond. */
  add(timeUs: number, { association, direction, octets }: SentPdu): void {
    for (const packet of this.recording.packets(association, direction, octets)) {
      this.lastUs = Math.max(Math.floor(timeUs), this.lastUs + 1);
      this.write(pcapPacket(this.lastUs, packet));
      this.counts.packets += 1;
    }
    this.counts.pdus += 1;
    this.counts.octets += octets.length;
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private write(octets: Uint8Array): void {
    try {
      writeSync(this.descriptor, octets);
    } catch (error) {
      this.tellFailed(new CliError(`--out ${pathFault(error, this.path)}`, 1));
    }
  }
}
