import { aperCodec } from './aper-codec.js';
import { pduExtent } from './pdu-extent.js';
import { vectors } from './vectors.fixture.js';

const indication = (octets: number): Uint8Array =>
  aperCodec.encode({
    message: 'RICindication',
    value: {
      ricRequestId: { requestorId: 1, instanceId: 2 },
      ranFunctionId: 2,
      ricActionId: 0,
      ricIndicationType: 'report',
      ricIndicationHeader: new Uint8Array(),
      ricIndicationMessage: new Uint8Array(octets),
    },
  });
const SIZES = [0, 50, 90, 200, 16_300, 16_400, 49_200, 65_500, 150_000, 1_000_000];

describe('pduExtent', () => {
  it.each(vectors)('finds the end of $name, whatever follows', ({ octets }) => {
    const extent = { octets: octets.length, isExact: true };
    expect(pduExtent(octets)).toEqual(extent);
    expect(pduExtent(Uint8Array.from([...octets, 0xff, 0x7b]))).toEqual(extent);
  });

  it.each(SIZES)('finds the end of a PDU with %d octets of message', (size) => {
    const pdu = indication(size);
    expect(pduExtent(pdu)).toEqual({ octets: pdu.length, isExact: true });
  });

  it.each(SIZES)('never promises less than there is, nor more, of one with %d octets', (size) => {
    const pdu = indication(size);
    const ends = [0, 1, 2, 3, 4, 5, 6, 16_387, 16_388, 65_539, 65_540, 65_541, pdu.length - 1];
    for (const end of ends.filter((each) => each < pdu.length)) {
      const extent = pduExtent(pdu.subarray(0, end));
      expect(extent?.octets).toBeLessThanOrEqual(pdu.length);
      expect(extent?.octets).toBeGreaterThan(end);
    }
  });

  it.each([
    ['a fourth choice', [0x60, 1, 0, 4]],
    ['an extension', [0x80, 1, 0, 4]],
    ['JSON', [...Buffer.from('{"message":')]],
    ['a fourth criticality', [0, 1, 0xc0, 4]],
    ['a fragment of nothing', [0, 1, 0, 0xc0]],
    ['five fragments at once', [0, 1, 0, 0xc5]],
  ])('knows %s for what it is', (_, octets) => {
    expect(pduExtent(Uint8Array.from(octets))).toBeUndefined();
  });
});
