import { refusalSchema, type Refusal } from '@ricochet/contracts';

/** Contributions refused, by reason. */
export type RefusalCounts = Record<Refusal, number>;

export function noRefusals(): RefusalCounts {
  return Object.fromEntries(refusalSchema.options.map((reason) => [reason, 0])) as RefusalCounts;
}
