import {
  MODEL_POLICY_TYPES,
  modelPolicySchema,
  SLICE_SLA_POLICY_TYPE,
  sliceSlaPolicySchema,
  type A1Policy,
  type KpiGuard,
  GUARD_POLICY_TYPE,
  kpiGuardSchema,
} from '@ricochet/contracts';
import { RicochetError } from '@ricochet/platform';
import { isKpiName, KPI_CATALOGUE } from '@ricochet/ran-types';
import { type z } from 'zod';

/** A policy that can not be taken: its type is unknown, or its object does not fit the type. */
export class A1PolicyError extends RicochetError {}

interface PolicyType {
  readonly policyTypeId: number;
  readonly name: string;
  readonly schema: z.ZodType;
}

/** A guard that can be watched: of a KPI that there is at its level, with a bound. */
const guardPolicySchema = kpiGuardSchema.superRefine(({ kpi, level, min, max }, context) => {
  const levels: readonly string[] = isKpiName(kpi) ? KPI_CATALOGUE[kpi].levels : [];
  if (!levels.includes(level)) {
    const at = levels.length === 0 ? `${kpi} is no KPI` : `${kpi} is not measured at ${level} level`;
    context.addIssue({ code: 'custom', path: ['kpi'], message: at });
  }
  if (min === undefined && max === undefined) {
    context.addIssue({ code: 'custom', path: [], message: 'expected min, max or both' });
  }
});

/** The guard that a policy declares, if it is of that type; the RIC itself enforces it. */
export function guardOf({ policyTypeId, policy }: A1Policy): KpiGuard | undefined {
  return policyTypeId === GUARD_POLICY_TYPE.policyTypeId
    ? guardPolicySchema.safeParse(policy).data
    : undefined;
}

/** The policy types that the RIC has: one a level of the hierarchy, that names a model version, slice SLAs, and KPI guards. */
export const POLICY_TYPES: readonly PolicyType[] = [
  ...Object.values(MODEL_POLICY_TYPES).map(({ policyTypeId, name }) => ({
    policyTypeId,
    name,
    schema: modelPolicySchema,
  })),
  { ...SLICE_SLA_POLICY_TYPE, schema: sliceSlaPolicySchema },
  { ...GUARD_POLICY_TYPE, schema: guardPolicySchema },
];

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
