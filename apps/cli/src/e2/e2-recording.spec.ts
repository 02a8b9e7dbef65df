import { CaptureReader } from './pcap/capture-reader.js';
import { LINK_TYPE } from './pcap/link-layer.js';
import { pcapFileHeader, pcapPacket } from './pcap/pcap-writer.js';
import { E2Recording } from './e2-recording.js';
import { LockstepTimes } from './lockstep-times.js';

const UUID = '01234567-89ab-cdef-0123-456789abcdef';
const DU_1 = `gnb-001-01-1-du-1-${UUID}`;
const AGAIN = `gnb-001-01-1-du-1-${UUID.replace('0', 'f')}`;
const DU_2 = `gnb-001-01-1-du-2-${UUID}`;

function endsOf(recording: E2Recording, sent: readonly (readonly [string, 'up' | 'down'])[]): string[] {
  const packets = sent.flatMap(([association, direction]) =>
    recording.packets(association, direction, new Uint8Array([1])),
  );
  const file = [pcapFileHeader(LINK_TYPE.raw), ...packets.map((packet, i) => pcapPacket(i, packet))];
  const reader = new CaptureReader(Buffer.concat(file));
  return [...reader.messages()].map(({ source, destination }) => `${source} ${destination}`);
}

describe('a recording of E2 over NATS', () => {
  it('gives each node an address, and each of its associations a port', () => {
    const recording = new E2Recording();
    const sent = [
      [DU_1, 'up'],
      [DU_2, 'up'],
      [DU_1, 'down'],
      [AGAIN, 'up'],
    ] as const;
    expect(endsOf(recording, sent)).toEqual([
      '10.0.1.1:49152 10.0.0.1:36421',
      '10.0.1.2:49152 10.0.0.1:36421',
      '10.0.0.1:36421 10.0.1.1:49152',
      '10.0.1.1:49153 10.0.0.1:36421',
    ]);
    expect(recording.nodes).toBe(2);
  });

  it('has room for a thousand nodes', () => {
    const sent = Array.from({ length: 1_000 }, (_, i) => [`du-${i}`, 'up'] as const);
    expect(new Set(endsOf(new E2Recording(), sent)).size).toBe(1_000);
  });

  it('opens each association once, before its first PDU', () => {
    const recording = new E2Recording();
    expect(recording.packets(DU_1, 'up', new Uint8Array(9))).toHaveLength(5);
    expect(recording.packets(DU_1, 'down', new Uint8Array(9))).toHaveLength(1);
  });
});

describe('times of a lockstep run', () => {
  const pdu = (procedureCode: number) => ({
    association: DU_1,
    direction: 'up' as const,
    octets: Uint8Array.of(0, procedureCode),
  });
  const INDICATION = pdu(5);
  const OTHER = pdu(4);

  it('are of the period that an indication reports, and of the one that others answer', () => {
    const times: [number, object][] = [];
    const clock = new LockstepTimes((timeUs, sent) => times.push([timeUs, sent]));
    clock.sent(OTHER);
    clock.sent(INDICATION);
    clock.period(10);
    clock.sent(OTHER);
    clock.sent(INDICATION);
    clock.period(20);
    clock.sent(OTHER);
    clock.end();
    expect(times).toEqual([
      [0, OTHER],
      [10_000, INDICATION],
      [10_000, OTHER],
      [20_000, INDICATION],
      [20_000, OTHER],
    ]);
  });
});
