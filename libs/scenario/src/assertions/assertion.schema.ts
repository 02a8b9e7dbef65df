import { z } from 'zod';
import { type Assertion, formatAssertion } from './assertion.js';
import { parseAssertion } from './parse-assertion.js';

/** An assertion of a scenario, with the name that results have it by: its own, or its text. */
export interface ScenarioAssertion extends Assertion {
  readonly name: string;
}

/** Text, or text with a name: `{ name: URLLC keeps its delay, that: p99(URLLC.delayMaxMs) < 10 }`. */
export const assertionSchema = z
  .union([z.string(), z.strictObject({ name: z.string().min(1), that: z.string() })], {
    error: 'expected an assertion such as "p99(URLLC.delayMaxMs) < 10", or a group of keys "name" and "that"',
  })
  .transform((value, context): ScenarioAssertion => {
    const { name, that } = typeof value === 'string' ? { name: undefined, that: value } : value;
    try {
      const assertion = parseAssertion(that);
      return { name: name ?? formatAssertion(assertion), ...assertion };
    } catch (error) {
      const path = typeof value === 'string' ? [] : ['that'];
      context.addIssue({ code: 'custom', path, message: (error as RangeError).message, input: that });
      return z.NEVER;
    }
  });
