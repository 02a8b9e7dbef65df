import { formatSNssai, type SNssai } from '@ricochet/ran-types';

/**
 * Why a shield changed what an actor proposed: the action was none (`invalid`), a slice with UEs would have got less
 * than the floor (`floor`), or a slice under SLA guard less than the fallback rule gives it (`sla`).
 */
export type InterventionKind = 'invalid' | 'floor' | 'sla';

export interface Intervention {
  readonly kind: InterventionKind;
  /** The slice concerned; absent when all are. */
  readonly snssai?: SNssai;
  /** One line for people. */
  readonly reason: string;
}

export function sliceIntervention(kind: InterventionKind, snssai: SNssai, what: string): Intervention {
  return { kind, snssai, reason: `slice ${formatSNssai(snssai)} ${what}` };
}

/** How often a shield intervened, by kind. */
export type InterventionCounts = Record<InterventionKind, number>;

export function noInterventions(): InterventionCounts {
  return { invalid: 0, floor: 0, sla: 0 };
}
