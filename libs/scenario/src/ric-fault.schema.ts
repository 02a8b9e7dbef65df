import { z } from 'zod';
import { durationMs } from './schema-parts.js';

/*
 * Faults inside the RIC, which the simulator has it play. They are in force for the reports of periods that end after
 * `at`, until the end of their duration.
 */

const lasting = { at: durationMs, duration: durationMs };

const timed = <T extends Readonly<Record<'at' | 'duration', number>>>({ at, duration, ...fault }: T) => ({
  ...fault,
  atMs: at,
  durationMs: duration,
});

/** What the RIC takes for one: a token of NATS subjects. */
const xappName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected an xApp by its name: lower-case letters, digits and dashes');

const natsOutage = z
  .strictObject({
    ...lasting,
    kind: z.literal('nats-outage'),
    xapps: z.array(xappName).min(1).optional().describe('by their names; all without them'),
  })
  .describe('NATS brings the xApps no reports, so that they control nothing; all else goes on')
  .transform(timed);

const a1Outage = z
  .strictObject({ ...lasting, kind: z.literal('a1-outage') })
  .describe('A1 is out: no policy comes, and so no model; what is in force stays')
  .transform(timed);

export const ricFaultSchemas = [natsOutage, a1Outage] as const;

/** A fault inside the RIC. */
export type RicFault = z.output<(typeof ricFaultSchemas)[number]>;
