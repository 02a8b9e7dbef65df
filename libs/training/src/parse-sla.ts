import { type Sla, slaSchema } from '@ricochet/scenario';

/** The SLA of a policy. @throws Error on one line that names what does not fit */
export function parseSla(value: unknown): Sla {
  const result = slaSchema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `sla.${path.join('.')}: ${message}`);
  throw new Error(faults.join('; '));
}
