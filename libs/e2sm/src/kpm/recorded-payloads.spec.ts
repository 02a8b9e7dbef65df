import { type MessageCodec } from '../service-model.js';
import { kpm } from './kpm.js';
import { recordedPayloads } from './recorded-payloads.fixture.js';

/** FlexRIC's REALs keep a leading zero octet in their mantissa, where ours have the fewest (X.690 11.3). */
const withFewestOctets = (hex: string): string => hex.replace(/200980d(.)00/g, '200880d$1');

describe('KPM payloads of FlexRIC and srsRAN', () => {
  it.each(recordedPayloads)('$from: $message comes back to the octet', ({ message, hex }) => {
    const codec = kpm[message] as MessageCodec<object>;
    const value = codec.decode(Buffer.from(hex, 'hex'));
    const again = codec.encode(value);
    expect(Buffer.from(again).toString('hex')).toBe(withFewestOctets(hex));
    expect(codec.decode(again)).toEqual(value);
  });
});
