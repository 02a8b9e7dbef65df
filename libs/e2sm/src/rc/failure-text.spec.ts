import { outcomeOfText, textOfOutcome } from './failure-text.js';
import { rc } from './rc.js';

test('a text goes through an outcome, whatever its characters', () => {
  const text = 'dedicated 5 ≤ min 50 ≤ max 40 does not hold';
  const octets = rc.controlOutcome.encode(outcomeOfText(text));
  expect(textOfOutcome(rc.controlOutcome.decode(octets))).toBe(text);
});

test('other outcomes have none', () => {
  expect(textOfOutcome({ format1: { ranParameters: [] } })).toBeUndefined();
  expect(textOfOutcome({ format3: { ranParameters: [] } })).toBeUndefined();
  const value = { valueInt: 1 };
  expect(
    textOfOutcome({ format1: { ranParameters: [{ ranParameterId: 2 ** 32 - 1, value }] } }),
  ).toBeUndefined();
});
