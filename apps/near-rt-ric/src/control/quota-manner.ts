import { type PeerProfile } from '@ricochet/e2ap';

/** PRBs are whole: a mean may miss a bound by less than one. */
const WHOLE_PRB = 1;
/** Of PRBs that an adapter reckons from bits and modulation, which it has as means over a period. */
const RECKONED_WITHIN = 0.1;

/** How quotas of a make of node are to be judged. */
export interface QuotaManner {
  /** In words, where the maximum alone takes effect. */
  readonly limit?: string | undefined;
  /** It tells which ratios are in force; what an adapter derives is but what the gNB has said yes to. */
  readonly tellsInForce: boolean;
  /** By how much use may miss a bound. */
  readonly tolerancePrbs: number;
}

/** Of nodes as the specifications have them. */
export const WHOLE_QUOTAS: QuotaManner = { tellsInForce: true, tolerancePrbs: WHOLE_PRB };

export function quotaMannerOf({ name, rc, capabilities }: PeerProfile, carrierPrbs: number): QuotaManner {
  const { slice: derived } = capabilities.derived;
  return {
    ...(rc.quotaApplies === 'max-only' && { limit: maxAlone(name) }),
    tellsInForce: !derived.includes('RCT.RrmPolicyMaxDl'),
    tolerancePrbs: derived.includes('RRU.PrbUsedDl')
      ? Math.max(WHOLE_PRB, RECKONED_WITHIN * carrierPrbs)
      : WHOLE_PRB,
  };
}

/** What nodes of which the maximum alone applies do not do. */
export function maxAlone(name: PeerProfile['name']): string {
  return `a ${name} node applies the maximum ratio alone, no minimum and nothing dedicated`;
}

/** What nodes of a make do not do of slice quotas, in words; `undefined` where that is nothing. */
export function quotaLimitOf(profile: PeerProfile): string | undefined {
  const { name, rc } = profile;
  if (rc.quotaApplies === 'none') return `${takesNoQuota(profile)}: it can not be controlled`;
  return rc.quotaApplies === 'max-only' ? maxAlone(name) : undefined;
}

/** Said of a node. */
export function takesNoQuota({ capabilities: { ran, reached } }: PeerProfile): string {
  return `is ${ran} (${reached}), which takes no slice quota`;
}
