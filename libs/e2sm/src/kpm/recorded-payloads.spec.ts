import { type MessageCodec } from '../service-model.js';
import { kpm } from './kpm.js';
import { recordedPayloads } from './recorded-payloads.fixture.js';

describe('KPM payloads of FlexRIC and srsRAN', () => {
  it.each(recordedPayloads)('$from: $message comes back to the octet', ({ message, hex }) => {
    const codec = kpm[message] as MessageCodec<object>;
    const value = codec.decode(Buffer.from(hex, 'hex'));
    const again = codec.encode(value);
    expect(Buffer.from(again).toString('hex')).toBe(hex);
    expect(codec.decode(again)).toEqual(value);
  });
});
