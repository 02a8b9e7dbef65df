import { CaptureError } from './capture-error.js';
import { CaptureReader, isCapture, type CapturedMessage } from './capture-reader.js';
import { LINK_TYPE } from './link-layer.js';
import { pcapFileHeader, pcapPacket } from './pcap-writer.js';
import { SctpAssociationWriter } from './sctp-association-writer.js';
import { dataChunk, sctpPacket } from './sctp-writer.js';

const NODE = { address: '10.0.1.1', port: 40_000 };
const RIC = { address: '10.0.0.1', port: 36_421 };

const writer = () => new SctpAssociationWriter({ client: NODE, server: RIC, ppid: 70, number: 0 });
const octetsOf = (count: number, from = 0): Uint8Array =>
  Uint8Array.from({ length: count }, (_, i) => (i + from) & 0xff);
const concat = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((p) => [...p]));
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

function pcap(linkType: number, packets: readonly Uint8Array[]): Uint8Array {
  return concat(pcapFileHeader(linkType), ...packets.map((packet, i) => pcapPacket(1_000_000 + i, packet)));
}

function read(file: Uint8Array): { messages: CapturedMessage[]; reader: CaptureReader; error?: unknown } {
  const reader = new CaptureReader(file);
  const messages: CapturedMessage[] = [];
  try {
    for (const message of reader.messages()) messages.push(message);
    return { messages, reader };
  } catch (error) {
    return { messages, reader, error };
  }
}

const payloads = (file: Uint8Array): Uint8Array[] => read(file).messages.map(({ octets }) => octets);

/** One SCTP packet in IPv6, behind the extension headers. */
function ipv6(extensions: Uint8Array, next: number, sctp: Uint8Array): Uint8Array {
  const header = new Uint8Array(40);
  header[0] = 0x60;
  new DataView(header.buffer).setUint16(4, extensions.length + sctp.length);
  header[6] = next;
  header[23] = 1;
  header.set([0x20, 0x01, 0x0d, 0xb8], 24);
  header[39] = 2;
  return concat(header, extensions, sctp);
}

const chunk = (tsn: number, payload: Uint8Array, flags: { isFirst?: boolean; isLast?: boolean } = {}) =>
  dataChunk({
    tsn,
    isFirst: flags.isFirst ?? true,
    isLast: flags.isLast ?? true,
    streamId: 3,
    streamSequence: 0,
    ppid: 0,
    payload,
  });
const sctp = (...chunks: Uint8Array[]): Uint8Array =>
  sctpPacket({ sourcePort: 1, destinationPort: 2, verificationTag: 9 }, concat(...chunks));

describe('a capture that we wrote', () => {
  it('gives back who sent what, in the order in which it was written', () => {
    const association = writer();
    const packets = [
      ...association.handshake(),
      ...association.message('client', octetsOf(5)),
      ...association.message('server', octetsOf(6)),
      ...association.message('client', octetsOf(1452)),
    ];
    const { messages, reader } = read(pcap(LINK_TYPE.raw, packets));
    expect(messages).toEqual([
      expect.objectContaining({
        packetNumber: 5,
        timeUs: 1_000_004,
        source: '10.0.1.1:40000',
        destination: '10.0.0.1:36421',
        streamId: 0,
        ppid: 70,
        octets: octetsOf(5),
      }),
      expect.objectContaining({ packetNumber: 6, source: '10.0.0.1:36421', octets: octetsOf(6) }),
      expect.objectContaining({ packetNumber: 7, octets: octetsOf(1452) }),
    ]);
    expect(reader.counts).toEqual({
      packets: 7,
      otherPackets: 0,
      ipFragments: 0,
      cutOffPackets: 0,
      unfinishedChunks: 0,
    });
  });

  it('cuts a message that exceeds a packet into fragments, which no packet of Ethernet is too short for', () => {
    const packets = writer().message('client', octetsOf(5000));
    expect(packets).toHaveLength(4);
    expect(packets.every(({ length }) => length <= 1500)).toBe(true);
    expect(payloads(pcap(LINK_TYPE.raw, packets))).toEqual([octetsOf(5000)]);
  });
});

describe('fragments', () => {
  const association = writer();
  const [a, b, c, d] = association.message('client', octetsOf(5000)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const [next] = association.message('client', octetsOf(3)) as [Uint8Array];

  it('come in any order, and twice', () => {
    expect(payloads(pcap(LINK_TYPE.raw, [d, a, next, c, c, b, a, next]))).toEqual([
      octetsOf(3),
      octetsOf(5000),
    ]);
  });

  it('of messages that never come whole are counted', () => {
    const { messages, reader } = read(pcap(LINK_TYPE.raw, [a, c, next]));
    expect(messages).toHaveLength(1);
    expect(reader.counts.unfinishedChunks).toBe(2);
  });

  it('of different associations are not mixed up', () => {
    const other = new SctpAssociationWriter({
      client: { ...NODE, port: 50_000 },
      server: RIC,
      ppid: 0,
      number: 1,
    }).message('client', octetsOf(5000, 7));
    const mixed = [a, other[0]!, b, other[1]!, c, other[2]!, d, other[3]!];
    expect(payloads(pcap(LINK_TYPE.raw, mixed))).toEqual([octetsOf(5000), octetsOf(5000, 7)]);
  });

  it('go on behind the highest sequence number with 0', () => {
    const packets = [
      sctp(chunk(0xffff_ffff, octetsOf(4), { isLast: false })),
      sctp(chunk(0, octetsOf(4), { isFirst: false })),
    ];
    expect(payloads(pcap(LINK_TYPE.sctp, packets))).toEqual([concat(octetsOf(4), octetsOf(4))]);
  });
});

describe('every link type', () => {
  const ip = writer().message('client', octetsOf(9))[0]!;
  const mac = new Uint8Array(12);
  it.each([
    ['Ethernet, padded', LINK_TYPE.ethernet, concat(mac, hex('0800'), ip, new Uint8Array(6))],
    ['Ethernet with two VLAN tags', LINK_TYPE.ethernet, concat(mac, hex('88a8 0001 8100 0002 0800'), ip)],
    ['Linux SLL', LINK_TYPE.linuxSll, concat(new Uint8Array(14), hex('0800'), ip)],
    ['Linux SLL2', LINK_TYPE.linuxSll2, concat(hex('0800'), new Uint8Array(18), ip)],
    ['raw IP', LINK_TYPE.raw, ip],
    ['IPv4', LINK_TYPE.ipv4, ip],
    ['null', LINK_TYPE.null, concat(hex('02000000'), ip)],
    ['loop', LINK_TYPE.loop, concat(hex('00000002'), ip)],
  ])('%s', (_, linkType, frame) => {
    expect(payloads(pcap(linkType, [frame]))).toEqual([octetsOf(9)]);
  });

  it('IPv6 behind extension headers', () => {
    const packet = ipv6(hex('8400 000000000000'), 0, sctp(chunk(1, octetsOf(9))));
    expect(read(pcap(LINK_TYPE.ipv6, [packet])).messages).toEqual([
      expect.objectContaining({
        source: '[::1]:1',
        destination: '[2001:db8::2]:2',
        octets: octetsOf(9),
        streamId: 3,
      }),
    ]);
  });

  it('a number for users holds PDUs themselves', () => {
    expect(payloads(pcap(155, [octetsOf(4)]))).toEqual([octetsOf(4)]);
  });

  it('an unknown one is told', () => {
    expect(read(pcap(105, [ip])).error).toEqual(
      new CaptureError('packet 1 is of link type 105, which this program does not read'),
    );
  });
});

describe('what is no message', () => {
  it('is counted and passed over', () => {
    const udp = concat(hex('4500 001c 0000 0000 4011 0000 0a000001 0a000002'), new Uint8Array(8));
    const fragment = concat(hex('4500 001c 0000 2000 4084 0000 0a000001 0a000002'), new Uint8Array(8));
    const cutOff = writer().message('client', octetsOf(100))[0]!.subarray(0, 90);
    const { messages, reader } = read(pcap(LINK_TYPE.raw, [udp, fragment, cutOff, new Uint8Array(1)]));
    expect(messages).toEqual([]);
    expect(reader.counts).toMatchObject({ packets: 4, otherPackets: 2, ipFragments: 1, cutOffPackets: 1 });
  });

  it('bundled chunks all count, up to one without a length', () => {
    const packet = sctp(chunk(1, octetsOf(5)), chunk(2, octetsOf(6)), hex('00030000'), chunk(3, octetsOf(7)));
    const { messages, reader } = read(pcap(LINK_TYPE.sctp, [packet]));
    expect(messages.map(({ octets }) => octets.length)).toEqual([5, 6]);
    expect(reader.counts.cutOffPackets).toBe(1);
  });
});

describe('a file that ends early', () => {
  const file = pcap(LINK_TYPE.raw, [
    writer().message('client', octetsOf(9))[0]!,
    writer().message('client', octetsOf(9))[0]!,
  ]);

  it('gives what came before, then an error that says where', () => {
    const { messages, error } = read(file.subarray(0, file.length - 1));
    expect(messages).toHaveLength(1);
    expect(error).toEqual(
      new CaptureError(
        `packet 2 is cut off: the file ends at octet ${file.length - 1}, the packet at ${file.length}`,
      ),
    );
  });

  it('never another one, wherever it ends', () => {
    for (let end = 4; end < file.length; end++) {
      const { error } = read(file.subarray(0, end));
      if (error !== undefined) expect(error).toBeInstanceOf(CaptureError);
    }
  });
});

describe('both formats, both byte orders', () => {
  const ip = writer().message('client', octetsOf(9))[0]!;

  it.each([true, false])('pcap in nanoseconds, little endian %s', (littleEndian) => {
    const view = new DataView(new ArrayBuffer(40));
    view.setUint32(0, 0xa1b23c4d, littleEndian);
    view.setUint32(20, LINK_TYPE.raw, littleEndian);
    view.setUint32(24, 5, littleEndian);
    view.setUint32(28, 7_999, littleEndian);
    view.setUint32(32, ip.length, littleEndian);
    const file = concat(new Uint8Array(view.buffer), ip);
    expect(read(file).messages).toEqual([
      expect.objectContaining({ timeUs: 5_000_007, octets: octetsOf(9) }),
    ]);
  });

  describe.each([true, false])('pcapng, little endian %s', (littleEndian) => {
    function block(type: number, ...words: (number | Uint8Array)[]): Uint8Array {
      const body = concat(...words.map((word) => (typeof word === 'number' ? uint32(word) : padded(word))));
      return concat(uint32(type), uint32(body.length + 12), body, uint32(body.length + 12));
    }
    function uint32(value: number): Uint8Array {
      const view = new DataView(new ArrayBuffer(4));
      view.setUint32(0, value, littleEndian);
      return new Uint8Array(view.buffer);
    }
    const padded = (octets: Uint8Array) => concat(octets, new Uint8Array((4 - (octets.length % 4)) % 4));
    const uint16s = (a: number, b: number) =>
      littleEndian ? uint32(b * 65_536 + a) : uint32(a * 65_536 + b);
    const section = block(0x0a0d0d0a, 0x1a2b3c4d, uint16s(1, 0), 0xffff_ffff, 0xffff_ffff);
    const raw = block(1, uint16s(LINK_TYPE.raw, 0), 0);
    /** Of nanoseconds, 100 s behind. */
    const offset = littleEndian ? hex('6400000000000000') : hex('0000000000000064');
    const nano = block(
      1,
      uint16s(LINK_TYPE.raw, 0),
      0,
      uint16s(9, 1),
      hex('09000000'),
      uint16s(14, 8),
      offset,
      0,
    );
    const enhanced = (id: number, ticks: number) => block(6, id, 0, ticks, ip.length, ip.length, ip);

    it('packets of several interfaces and sections, other blocks passed over', () => {
      const file = concat(
        ...[section, raw, nano, block(5, 1, 2, 3), enhanced(0, 42), enhanced(1, 9_000)],
        ...[
          section,
          nano,
          block(3, ip.length, ip),
          enhanced(0, 1_000),
          block(2, uint16s(0, 0), 0, 2_000, ip.length, ip.length, ip),
        ],
      );
      expect(isCapture(file)).toBe(true);
      const { messages, error } = read(file);
      expect(error).toBeUndefined();
      // The same packet again and again is the same message but for those of link type user.
      expect(messages).toHaveLength(1);
      expect(messages[0]).toMatchObject({ timeUs: 42, octets: octetsOf(9) });
    });

    it('times in the resolution and with the offset of their interface', () => {
      expect(read(concat(section, nano, enhanced(0, 9_000))).messages[0]?.timeUs).toBe(100_000_009);
    });

    it('a time beyond every calendar is none', () => {
      const seconds = block(1, uint16s(LINK_TYPE.raw, 0), 0, uint16s(9, 1), hex('00000000'));
      const late = block(6, 0, 0xffff_ffff, 0, ip.length, ip.length, ip);
      expect(read(concat(section, seconds, late)).messages[0]?.timeUs).toBe(0);
    });

    it.each([
      [
        'a packet of no interface',
        concat(section, enhanced(0, 1)),
        'a packet is of interface 0, which the file does not describe',
      ],
      ['no byte-order magic', section.with(8, 0), 'the section at octet 0 has no byte-order magic'],
      [
        'a length that no block has',
        concat(section, uint32(1), uint32(13), uint32(0)),
        'the block at octet 28 claims 13 octets, which no block has',
      ],
      [
        'a packet longer than its block',
        concat(section, raw, block(6, 0, 0, 0, 400, 400)),
        'the block at octet 48 is shorter than what it is to hold',
      ],
      [
        'a body too short',
        concat(section, block(1)),
        'the block at octet 28 is shorter than what it is to hold',
      ],
      [
        'a cut',
        concat(section, raw).subarray(0, 40),
        'the block at octet 28 is cut off: the file ends at octet 40',
      ],
    ])('%s is told', (_, file, message) => {
      expect(read(file).error).toEqual(new CaptureError(message));
    });
  });
});
