import { aperCodec } from './aper-codec.js';
import { rawIes } from './raw-ies.js';

const indication = (messageOctets: number): Uint8Array =>
  aperCodec.encode({
    message: 'RICindication',
    value: {
      ricRequestId: { requestorId: 1, instanceId: 7 },
      ranFunctionId: 2,
      ricActionId: 3,
      ricIndicationType: 'report',
      ricIndicationHeader: Uint8Array.of(1, 2),
      ricIndicationMessage: new Uint8Array(messageOctets).fill(0xa5),
    },
  });

const HEAD = [29, 5, 15, 28, 25];

it('gives the IEs of a message, with their criticalities and values as they are', () => {
  const ies = rawIes(indication(200));
  expect(ies.map(({ id }) => id)).toEqual([...HEAD, 26]);
  expect(ies[2]).toEqual({ id: 15, criticality: 'reject', octets: Uint8Array.of(3) });
  // Behind the length of the octet string, two octets.
  expect(ies[5]?.octets).toHaveLength(202);
});

it('gives as many as are whole where the octets end early', () => {
  const octets = indication(200);
  expect(rawIes(octets.subarray(0, -1)).map(({ id }) => id)).toEqual(HEAD);
  expect(rawIes(octets.subarray(0, 2))).toEqual([]);
});

it('gives those that are whole in the first fragment, and no octets of another one', () => {
  for (const octets of [16_300, 16_384, 40_000, 200_000]) {
    const ids = rawIes(indication(octets)).map(({ id }) => id);
    expect(ids).toEqual(octets < 16_384 ? [...HEAD, 26] : HEAD);
  }
});
