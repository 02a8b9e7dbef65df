import { crc32c } from './crc32c.js';
import { SctpAssociationWriter } from './sctp-association-writer.js';

const association = () =>
  new SctpAssociationWriter({
    client: { address: '10.0.1.1', port: 49_152 },
    server: { address: '10.0.0.1', port: 36_421 },
    ppid: 70,
    number: 3,
  });

const sctpOf = (packet: Uint8Array): DataView => new DataView(packet.buffer, packet.byteOffset + 20);

describe('the packets of an association', () => {
  const packets = [
    ...association().handshake(),
    ...association().message('client', new Uint8Array(3001)),
    ...association().message('server', new Uint8Array(1)),
  ];

  it('begin with the handshake: INIT without a tag, INIT ACK, COOKIE ECHO, COOKIE ACK', () => {
    const [init, initAck, echo, ack] = packets.map(sctpOf) as [DataView, DataView, DataView, DataView];
    expect([init, initAck, echo, ack].map((view) => view.getUint8(12))).toEqual([1, 2, 10, 11]);
    expect(init.getUint32(4)).toBe(0);
    // Each end is addressed by the tag that it has chosen.
    expect(initAck.getUint32(4)).toBe(init.getUint32(16));
    expect(echo.getUint32(4)).toBe(initAck.getUint32(16));
    expect(ack.getUint32(4)).toBe(init.getUint32(16));
    // It echoes the cookie, which is behind the header of its parameter.
    const cookie = new Uint8Array(initAck.buffer, 20 + 12 + 20 + 4, echo.getUint16(14) - 4);
    expect(new Uint8Array(echo.buffer, 20 + 12 + 4, cookie.length)).toEqual(cookie);
  });

  it('have transmission sequence numbers that follow the handshake, and one stream sequence number a message', () => {
    const writer = association();
    const sent = [
      ...writer.message('client', new Uint8Array(3001)),
      ...writer.message('client', new Uint8Array(1)),
    ];
    expect(sent.map((packet) => sctpOf(packet).getUint32(16))).toEqual([1, 2, 3, 4]);
    expect(sent.map((packet) => sctpOf(packet).getUint16(22))).toEqual([0, 0, 0, 1]);
  });

  it('have right checksums and lengths', () => {
    for (const packet of packets) {
      const ip = new DataView(packet.buffer, packet.byteOffset, 20);
      expect(ip.getUint16(2)).toBe(packet.length);
      let sum = 0;
      for (let at = 0; at < 20; at += 2) sum += ip.getUint16(at);
      expect((sum & 0xffff) + (sum >>> 16)).toBe(0xffff);
      const sctp = packet.slice(20);
      const checksum = new DataView(sctp.buffer).getUint32(8, true);
      expect(crc32c(sctp.fill(0, 8, 12))).toBe(checksum);
    }
  });

  it('are made the same way again', () => {
    expect(association().message('client', new Uint8Array(3001))).toEqual(
      association().message('client', new Uint8Array(3001)),
    );
  });
});

describe('crc32c', () => {
  it('of the digits is the value that is told of it everywhere', () => {
    expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe306_9283);
  });
});
