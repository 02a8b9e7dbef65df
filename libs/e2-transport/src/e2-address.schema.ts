import { z } from 'zod';
import { parseE2Address, type E2Address } from './e2-address.js';

/** The text of an {@link E2Address}, for configurations. */
export const e2AddressSchema = z.string().transform((text, context): E2Address => {
  try {
    return parseE2Address(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});
