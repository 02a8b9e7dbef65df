import { xAppPermissionSchema, xAppPrioritySchema, type XAppDescriptor } from '@ricochet/contracts';
import { type ResourceLimits } from '@ricochet/platform';
import { z } from 'zod';
import { XAppError } from './xapp.error.js';

/** Of packages that are not ours, unless their descriptor has other limits. */
const DEFAULT_LIMITS = { memoryMiB: 512, cpuCores: 1 };
const ANY_DATA = 'sdl:*';

const ceilingSchema = z.strictObject({
  memoryMiB: z.int().min(32).optional(),
  cpuCores: z.number().positive().optional(),
  /** `sdl:*`: the shared data of any xApp. */
  permissions: z.array(z.union([z.literal(ANY_DATA), xAppPermissionSchema])).optional(),
  priority: xAppPrioritySchema.optional(),
});
/** The most that an xApp may have; what is absent is not limited. */
export type XAppCeiling = z.infer<typeof ceilingSchema>;

/** What the operator allows packages to ask for: `RICOCHET_XAPP_CEILINGS`. */
export const xAppCeilingsSchema = ceilingSchema.extend({
  /** Of single xApps; what is said here goes before what is said of all. */
  xapps: z.record(z.string(), ceilingSchema).default({}),
});
export type XAppCeilings = z.infer<typeof xAppCeilingsSchema>;

type Package = { readonly descriptor: XAppDescriptor; readonly builtin: boolean };

export function ceilingOf({ xapps, ...all }: XAppCeilings, name: string): XAppCeiling {
  return { ...all, ...xapps[name] };
}

/** @throws XAppError `XAPP_NOT_ALLOWED` naming the fields, what is asked and what is allowed */
export function checkCeiling(ceilings: XAppCeilings, descriptor: XAppDescriptor): void {
  const { xapp_name: name, version, ricochet } = descriptor;
  const ceiling = ceilingOf(ceilings, name);
  const { limits, permissions, priority } = ricochet;
  const faults = [
    above('limits.memoryMiB', limits.memoryMiB, ceiling.memoryMiB),
    above('limits.cpuCores', limits.cpuCores, ceiling.cpuCores),
    above('priority', priority, ceiling.priority),
    ...permissions.map((permission) => notAmong(permission, ceiling.permissions)),
  ].filter((fault) => fault !== undefined);
  if (faults.length === 0) return;
  throw new XAppError(
    'XAPP_NOT_ALLOWED',
    `package ${name} ${version} asks for too much: ${faults.join('; ')}`,
  );
}

/** @throws XAppError `XAPP_NOT_ALLOWED` an operator's priority is above the ceiling */
export function checkPriorityCeiling(ceilings: XAppCeilings, name: string, priority: number): void {
  const fault = above('priority', priority, ceilingOf(ceilings, name).priority);
  if (fault !== undefined) throw new XAppError('XAPP_NOT_ALLOWED', `xApp ${name}: ${fault}`);
}

/** What its processes may use; `undefined`: as much as there is. */
export function limitsOf(
  { descriptor, builtin }: Package,
  ceilings: XAppCeilings,
): ResourceLimits | undefined {
  const { limits } = descriptor.ricochet;
  if (builtin) return Object.keys(limits).length > 0 ? limits : undefined;
  const { memoryMiB = Infinity, cpuCores = Infinity } = ceilingOf(ceilings, descriptor.xapp_name);
  return {
    memoryMiB: limits.memoryMiB ?? Math.min(DEFAULT_LIMITS.memoryMiB, memoryMiB),
    cpuCores: limits.cpuCores ?? Math.min(DEFAULT_LIMITS.cpuCores, cpuCores),
  };
}

function above(field: string, asked: number | undefined, allowed = Infinity): string | undefined {
  return asked !== undefined && asked > allowed
    ? `${field} is ${asked}, at most ${allowed} is allowed`
    : undefined;
}

function notAmong(permission: string, allowed: readonly string[] | undefined): string | undefined {
  const isAllowed =
    allowed === undefined ||
    allowed.includes(permission) ||
    (permission.startsWith('sdl:') && allowed.includes(ANY_DATA));
  if (isAllowed) return undefined;
  return `permissions has ${permission}, allowed are ${allowed.join(', ') || 'none'}`;
}
