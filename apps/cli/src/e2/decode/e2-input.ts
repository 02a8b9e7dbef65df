import { readFileSync } from 'node:fs';
import { CliError } from '../../cli.error.js';
import { pathFault } from '../../path-fault.js';
import {
  CaptureReader,
  isCapture,
  type CapturedMessage,
  type CaptureCounts,
} from '../pcap/capture-reader.js';
import { isOtherProtocol } from './other-protocols.js';
import { HexError, parseHex, parseHexFile } from './hex-input.js';

/** A PDU that was asked to be decoded. */
export interface InputPdu {
  readonly octets: Uint8Array;
  /** PDUs of one association have the same. */
  readonly association: string;
  /** Where it stood in a capture. */
  readonly captured?: CapturedMessage;
}

/** What there is to decode. */
export interface E2Input {
  /** @throws {CaptureError} where a capture can not be read any further */
  pdus(): Iterable<InputPdu>;
  /** What of a capture held no PDU, in words; to be asked for at the end. */
  readonly passedOver: () => string[];
}

const STDIN = '-';

/**
 * What the user gave: hexadecimal digits, or the path of a file with them, of a binary PDU or of a capture, or `-`.
 * @throws {CliError} when it is none of them
 */
export function openInput(argument: string): E2Input {
  // A PDU in JSON: its decoder says so.
  if (argument.trimStart().startsWith('{')) return listInput([new TextEncoder().encode(argument)]);
  const octets = argument === STDIN ? readStdin() : readPath(argument);
  if (octets === undefined) return listInput([hexArgument(argument)]);
  const name = argument === STDIN ? 'standard input' : argument;
  if (octets.length === 0) throw new CliError(`${name}: is empty`);
  if (isCapture(octets)) return captureInput(octets);
  if (!isText(octets)) return listInput([octets]);
  const text = new TextDecoder().decode(octets);
  if (text.trimStart().startsWith('{')) return listInput([octets]);
  try {
    return listInput(parseHexFile(text));
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    throw new CliError(`${name}: is text, but no hexadecimal digits: ${error.message}`);
  }
}

function hexArgument(argument: string): Uint8Array {
  try {
    return parseHex(argument);
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    const shown = argument.length > 60 ? `${argument.slice(0, 60)}…` : argument;
    throw new CliError(
      `${shown}: there is no such file, and it is not octets in hexadecimal: ${error.message}`,
    );
  }
}

/** `undefined` when there is no such file. */
function readPath(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENAMETOOLONG' || code === 'ERR_INVALID_ARG_VALUE') return undefined;
    if (code === 'EISDIR') throw new CliError(`${path}: is a folder, where a file is needed`);
    throw new CliError(pathFault(error, path));
  }
}

function readStdin(): Uint8Array {
  try {
    return readFileSync(process.stdin.fd);
  } catch (error) {
    throw new CliError(pathFault(error, 'standard input'));
  }
}

function isText(octets: Uint8Array): boolean {
  return octets.every((octet) => (octet >= 0x20 && octet < 0x7f) || (octet >= 0x09 && octet <= 0x0d));
}

/** All of one association. */
function listInput(list: readonly Uint8Array[]): E2Input {
  return { pdus: () => list.map((octets) => ({ octets, association: '' })), passedOver: () => [] };
}

function captureInput(octets: Uint8Array): E2Input {
  const reader = new CaptureReader(octets);
  let others = 0;
  let pdus = 0;
  return {
    *pdus() {
      for (const captured of reader.messages()) {
        if (isOtherProtocol(captured)) {
          others += 1;
          continue;
        }
        pdus += 1;
        // Both directions.
        const association = [captured.source, captured.destination].toSorted().join(' ');
        yield { octets: captured.octets, association, captured };
      }
    },
    passedOver: () => {
      const { packets, ...counts } = reader.counts;
      const lines = passedOver(counts);
      if (others > 0) lines.push(`${others} messages of other protocols than E2AP, by their PPID`);
      if (pdus === 0) lines.unshift(`no E2AP in ${packets} packets`);
      return lines;
    },
  };
}

function passedOver(counts: Omit<CaptureCounts, 'packets'>): string[] {
  const words: readonly [number, string][] = [
    [counts.otherPackets, 'packets that hold no SCTP'],
    [counts.ipFragments, 'fragments of IP packets, which are not put together'],
    [counts.cutOffPackets, 'packets that were not captured whole'],
    [counts.unfinishedChunks, 'DATA chunks of messages that never came whole'],
  ];
  return words.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}
