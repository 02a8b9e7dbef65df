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

const natsOutage = z
  .strictObject({
    ...lasting,
    kind: z.literal('nats-outage'),
    xapps: z.array(z.string().min(1)).min(1).optional().describe('by their names; all without them'),
  })
  .describe('the bus does not reach the xApps: they get no reports, and so control nothing')
  .transform(timed);

const a1Outage = z
  .strictObject({ ...lasting, kind: z.literal('a1-outage') })
  .describe('A1 is out: no policy comes, and so no model; what is in force stays')
  .transform(timed);

export const ricFaultSchemas = [natsOutage, a1Outage] as const;

export type RicFault = z.output<(typeof ricFaultSchemas)[number]>;
