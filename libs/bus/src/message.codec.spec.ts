import fc from 'fast-check';
import { z } from 'zod';
import { decodeMessage, encodeMessage } from './message.codec.js';

it('what was encoded is decoded, whatever else was encoded since', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    // Some longer than the memory that messages share.
    fc
      .tuple(fc.constantFrom('a', '\u00e4', '\u20ac', '\u{1f600}'), fc.nat(120_000))
      .map(([c, n]) => c.repeat(n)),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 30 }), (texts) => {
      const encoded = texts.map((each) => encodeMessage({ text: each }));
      const schema = z.strictObject({ text: z.string() });
      const decoded = encoded.map((each) => decodeMessage('subject', schema, each).text);
      expect(decoded).toEqual(texts);
    }),
    { numRuns: 50 },
  );
});
