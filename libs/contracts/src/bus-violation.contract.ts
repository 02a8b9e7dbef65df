import { z } from 'zod';
import { event } from './contract.js';

const violationSchema = z.strictObject({
  /** Of NATS; an xApp's name. */
  user: z.string(),
  action: z.enum(['publish', 'subscribe']),
  subject: z.string(),
});
export type BusViolation = z.infer<typeof violationSchema>;

/** A user of NATS did what its permissions do not allow, and was not let: told by who runs the server and reads its log. */
export const busViolation = event('ric.bus-violation', violationSchema);
