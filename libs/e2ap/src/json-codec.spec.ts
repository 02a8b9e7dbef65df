import fc from 'fast-check';
import { E2apDecodeError } from './decode-error.js';
import { decodeOrRefuse } from './decode-or-refuse.fixture.js';
import { jsonCodec } from './json-codec.js';
import { messageNames, pdus } from './pdus.fixture.js';

const encoder = new TextEncoder();

const text = (...lines: string[]): Uint8Array => encoder.encode(lines.join('\n'));

describe('jsonCodec', () => {
  it.each(messageNames)('carries every %s there and back', (message) => {
    fc.assert(
      fc.property(pdus(message), (pdu) => {
        expect(jsonCodec.decode(jsonCodec.encode(pdu))).toEqual(pdu);
      }),
    );
  });

  it('keeps JSON of a service model readable, on a line of its own', () => {
    const ricControlHeader = text('{"style":2}');
    const encoded = jsonCodec.encode({
      message: 'RICcontrolRequest',
      value: {
        ricRequestId: { requestorId: 1, instanceId: 2 },
        ranFunctionId: 3,
        ricControlHeader,
        ricControlMessage: Uint8Array.of(0xca, 0xfe),
      },
    });
    const [head = '', ...lines] = new TextDecoder().decode(encoded).split('\n');
    expect(JSON.parse(head)).toMatchObject({
      value: { ricControlHeader: { $line: 1 }, ricControlMessage: { $hex: 'cafe' } },
    });
    expect(lines).toEqual(['{"style":2}']);
  });

  it.each([
    [text('not JSON'), 'not E2AP in JSON'],
    [Uint8Array.of(0xff, 0xfe), 'not E2AP in JSON'],
    [Uint8Array.of(0x20, 0x01, 0x00, 0x42, 0x00), 'it looks like APER: --e2-codec aper'],
    [text('null'), 'absent'],
    [text('{"message":"E2setup","value":{}}'), '"E2setup" is no E2AP message'],
    [text('{"message":"toString","value":{}}'), '"toString" is no E2AP message'],
    [text('{"message":"ResetResponse"}'), 'ResetResponse'],
    [text('{"message":"ResetResponse","value":{"transactionId":"1"}}'), 'ResetResponse.transactionId'],
    [text('{"message":"ResetResponse","value":{"transactionId":0.5}}'), 'ResetResponse.transactionId'],
    [text('{"message":"ResetResponse","value":{"transactionId":1,"extra":1}}'), 'extra'],
    [text('{"message":"ResetResponse","value":{"__proto__":{"transactionId":1}}}'), '__proto__'],
  ])('refuses bad octets in words, case %#', (bytes, words) => {
    expect(() => jsonCodec.decode(bytes)).toThrow(E2apDecodeError);
    expect(() => jsonCodec.decode(bytes)).toThrow(words);
  });

  it.each(['{"$line":7}', '{"$line":-1}', '{"$line":0.5}', '{"$hex":"0"}', '{"$hex":"zz"}', '"00"', '[0]'])(
    'refuses %s for octets',
    (reference) => {
      const bytes = text(
        `{"message":"RICcontrolAcknowledge","value":{"ricRequestId":{"requestorId":1,"instanceId":1},"ranFunctionId":3,"ricControlOutcome":${reference}}}`,
      );
      expect(() => jsonCodec.decode(bytes)).toThrow(
        'RICcontrolAcknowledge.ricControlOutcome: expected octets',
      );
    },
  );

  it('refuses nesting that is deeper than the stack', () => {
    const depth = 1 << 20;
    for (const bytes of [
      text('['.repeat(depth)),
      text('['.repeat(depth) + ']'.repeat(depth)),
      text(
        '{"message":"ResetResponse","value":' + '{"a":'.repeat(depth / 4) + '1' + '}'.repeat(depth / 4) + '}',
      ),
    ]) {
      expect(() => jsonCodec.decode(bytes)).toThrow(E2apDecodeError);
    }
  });

  it.each(messageNames)('survives every truncation of a %s', (message) => {
    const encodings = fc.sample(pdus(message), { numRuns: 30, seed: 7 }).map((pdu) => jsonCodec.encode(pdu));
    const short = encodings.sort((a, b) => a.length - b.length).slice(0, 4);
    for (const whole of short) {
      for (let end = 0; end < whole.length; end++) decodeOrRefuse(jsonCodec, whole.subarray(0, end));
    }
  });

  it('survives thousands of mutations', () => {
    const bait = fc.constantFrom(
      ...[
        'null',
        '-',
        '-1',
        '1e400',
        '[]',
        '{}',
        '"',
        '\n',
        '{"$line":0}',
        '{"$line":1}',
        '"__proto__":',
        '\\',
      ].map((piece) => text(piece)),
    );
    const mutation = fc.record({
      at: fc.nat(),
      cut: fc.oneof(fc.nat(2), fc.nat(40)),
      put: fc.oneof(bait, fc.uint8Array({ maxLength: 3 })),
    });
    const any = fc.oneof(...messageNames.map(pdus));
    fc.assert(
      fc.property(any, fc.array(mutation, { minLength: 1, maxLength: 3 }), (pdu, mutations) => {
        let bytes = jsonCodec.encode(pdu);
        for (const { at, cut, put } of mutations) {
          const start = at % (bytes.length + 1);
          bytes = Uint8Array.from([...bytes.subarray(0, start), ...put, ...bytes.subarray(start + cut)]);
        }
        decodeOrRefuse(jsonCodec, bytes);
      }),
      { numRuns: 5_000 },
    );
  });
});
