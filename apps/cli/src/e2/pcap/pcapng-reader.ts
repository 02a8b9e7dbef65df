import { CaptureError } from './capture-error.js';
import { type Packet } from './packet.js';

const BLOCK = { section: 0x0a0d0d0a, interface: 1, obsoletePacket: 2, simplePacket: 3, enhancedPacket: 6 };
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const HEADER_OCTETS = 8;
/** Header, and the length again at the end. */
const MIN_BLOCK_OCTETS = 12;
/** What a Date can hold. */
const MAX_TIME_US = 8.64e18;
const OPTION = { end: 0, timeResolution: 9, timeOffset: 14 };

/** Of an interface: how its packets begin and how their times are to be read. */
interface Interface {
  readonly linkType: number;
  readonly snapOctets: number;
  readonly usPerTick: number;
  readonly offsetUs: number;
}

/** The body of a block. */
interface Block {
  readonly octets: Uint8Array;
  readonly view: DataView;
  readonly littleEndian: boolean;
}

export function isPcapng(octets: Uint8Array): boolean {
  const [a, b, c, d] = octets;
  return a === 0x0a && b === 0x0d && c === 0x0d && d === 0x0a;
}

/**
 * The packets of a pcapng file (draft-ietf-opsawg-pcapng): of all sections and interfaces, in their order.
 * @throws {CaptureError} where the file ends early or makes no sense, after the packets before that
 */
export function* readPcapng(octets: Uint8Array): Generator<Packet> {
  const view = viewOf(octets);
  let interfaces: Interface[] = [];
  let littleEndian = true;
  for (let at = 0; at < octets.length;) {
    if (at + MIN_BLOCK_OCTETS > octets.length) throw cutOff(at, octets);
    const isSection = view.getUint32(at) === BLOCK.section;
    if (isSection) {
      littleEndian = view.getUint32(at + HEADER_OCTETS, true) === BYTE_ORDER_MAGIC;
      if (view.getUint32(at + HEADER_OCTETS, littleEndian) !== BYTE_ORDER_MAGIC) {
        throw new CaptureError(`the section at octet ${at} has no byte-order magic`);
      }
      interfaces = [];
    }
    const length = view.getUint32(at + 4, littleEndian);
    if (length < MIN_BLOCK_OCTETS || length % 4 !== 0) {
      throw new CaptureError(`the block at octet ${at} claims ${length} octets, which no block has`);
    }
    if (at + length > octets.length) throw cutOff(at, octets);
    const body = octets.subarray(at + HEADER_OCTETS, at + length - 4);
    const block = { octets: body, view: viewOf(body), littleEndian };
    const packet = isSection ? undefined : readBlock(view.getUint32(at, littleEndian), block, interfaces, at);
    if (packet !== undefined) yield packet;
    at += length;
  }
}

/** Takes note of an interface; gives a packet. */
function readBlock(type: number, block: Block, interfaces: Interface[], at: number): Packet | undefined {
  try {
    if (type === BLOCK.interface) interfaces.push(readInterface(block));
    if (type === BLOCK.simplePacket) return readSimplePacket(block, interfaces);
    if (type === BLOCK.enhancedPacket || type === BLOCK.obsoletePacket) {
      const id = type === BLOCK.enhancedPacket ? uint32(block, 0) : uint16(block, 0);
      return readTimedPacket(block, interfaceOf(interfaces, id));
    }
    return undefined;
  } catch (error) {
    // What a DataView throws for reading beyond its end.
    if (!(error instanceof RangeError)) throw error;
    throw new CaptureError(`the block at octet ${at} is shorter than what it is to hold`);
  }
}

function readInterface(block: Block): Interface {
  let usPerTick = 1;
  let offsetUs = 0;
  for (const { code, at, length } of options(block, 8)) {
    if (code === OPTION.timeResolution && length >= 1) {
      const resolution = block.view.getUint8(at);
      usPerTick = 1e6 / (resolution & 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution);
    }
    if (code === OPTION.timeOffset && length >= 8) {
      offsetUs = Number(block.view.getBigInt64(at, block.littleEndian)) * 1e6;
    }
  }
  return { linkType: uint16(block, 0), snapOctets: uint32(block, 4), usPerTick, offsetUs };
}

function readTimedPacket(block: Block, { linkType, usPerTick, offsetUs }: Interface): Packet {
  const ticks = uint32(block, 4) * 2 ** 32 + uint32(block, 8);
  const sinceEpochUs = Math.floor(ticks * usPerTick + offsetUs);
  // As for a packet without a time.
  const timeUs = Math.abs(sinceEpochUs) <= MAX_TIME_US ? sinceEpochUs : 0;
  return { timeUs, linkType, octets: slice(block, 20, uint32(block, 12)) };
}

/** A packet without a time, of the first interface. */
function readSimplePacket(block: Block, interfaces: readonly Interface[]): Packet {
  const { linkType, snapOctets } = interfaceOf(interfaces, 0);
  const captured = Math.min(uint32(block, 0), snapOctets === 0 ? Infinity : snapOctets);
  return { timeUs: 0, linkType, octets: slice(block, 4, captured) };
}

function interfaceOf(interfaces: readonly Interface[], id: number): Interface {
  const found = interfaces[id];
  if (found !== undefined) return found;
  throw new CaptureError(`a packet is of interface ${id}, which the file does not describe`);
}

function* options(block: Block, from: number): Generator<{ code: number; at: number; length: number }> {
  for (let at = from; at + 4 <= block.octets.length;) {
    const [code, length] = [uint16(block, at), uint16(block, at + 2)];
    if (code === OPTION.end) return;
    yield { code, at: at + 4, length };
    at += 4 + Math.ceil(length / 4) * 4;
  }
}

const viewOf = (octets: Uint8Array): DataView =>
  new DataView(octets.buffer, octets.byteOffset, octets.byteLength);

const uint16 = ({ view, littleEndian }: Block, at: number): number => view.getUint16(at, littleEndian);
const uint32 = ({ view, littleEndian }: Block, at: number): number => view.getUint32(at, littleEndian);

function slice({ octets }: Block, at: number, count: number): Uint8Array {
  if (at + count > octets.length) throw new RangeError('cut off');
  return octets.subarray(at, at + count);
}

function cutOff(at: number, octets: Uint8Array): CaptureError {
  return new CaptureError(`the block at octet ${at} is cut off: the file ends at octet ${octets.length}`);
}
