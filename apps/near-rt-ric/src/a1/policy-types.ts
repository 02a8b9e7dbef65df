import { MODEL_POLICY_TYPES, modelPolicySchema, type A1Policy } from '@ricochet/contracts';
import { RicochetError } from '@ricochet/platform';
import { type z } from 'zod';

/** A policy that can not be taken: its type is unknown, or its object does not fit the type. */
export class A1PolicyError extends RicochetError {}

interface PolicyType {
  readonly policyTypeId: number;
  readonly name: string;
  readonly schema: z.ZodType;
}

/** The policy types that the RIC has: one a level of the hierarchy, that names a model version. */
export const POLICY_TYPES: readonly PolicyType[] = Object.values(MODEL_POLICY_TYPES).map(
  ({ policyTypeId, name }) => ({ policyTypeId, name, schema: modelPolicySchema }),
);

/** @throws A1PolicyError naming the type, or what in the object does not fit */
export function checkPolicy({ policyTypeId, policyId, policy }: A1Policy): void {
  const type = POLICY_TYPES.find((known) => known.policyTypeId === policyTypeId);
  if (type === undefined) {
    const known = POLICY_TYPES.map(({ policyTypeId: id, name }) => `${id} (${name})`).join(', ');
    throw new A1PolicyError(
      'A1_POLICY_TYPE_UNKNOWN',
      `policy ${policyId}: policy type ${policyTypeId} is unknown; there are ${known}`,
    );
  }
  const result = type.schema.safeParse(policy);
  if (result.success) return;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.') || 'policy'}: ${message}`);
  throw new A1PolicyError(
    'A1_POLICY_INVALID',
    `policy ${policyId} does not fit type ${policyTypeId} (${type.name}): ${faults.join('; ')}`,
  );
}
