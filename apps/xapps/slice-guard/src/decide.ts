import { apportion } from './apportion.js';

/** One slice of a node over one period, as its SLA sees it. All percents are integers of the carrier's PRBs. */
export interface SliceNeed {
  /** What it needs as its minimum to hold its SLA, its floor at least. */
  readonly requiredPercent: number;
  /** How near it is to missing a target: 0 is far, 1 is the limit itself; the worst of its targets. */
  readonly pressure: number;
  /** Whether it is served before those that are not, when there is not enough for all. */
  readonly isUrgent: boolean;
  /** Whether more is to be asked for while the pressure lasts; false: it was tried, and did not help. */
  readonly mayRise: boolean;
}

/** What is remembered of a slice from period to period. */
export interface SliceGrant {
  /** Its RRMPolicyMinRatio. */
  readonly minPercent: number;
  /** What it had before we began, and is to have again. */
  readonly basePercent: number;
  readonly inDanger: boolean;
}

/** What is remembered of a node; its grants are in the order of the slices. */
export interface GuardState {
  readonly grants: readonly SliceGrant[];
  /** Periods on end in which no slice was in danger. */
  readonly calmPeriods: number;
}

export interface DecideOptions {
  /** A slice is in danger from this pressure on, */
  readonly dangerAt: number;
  /** and not any more from this one on. */
  readonly safeAt: number;
  /** What a slice in danger gets a period beyond what it is known to need. */
  readonly stepPercent: number;
  /** Periods without danger before anything is given back, and from one percent to the next. */
  readonly calmPeriods: number;
  readonly givePeriods: number;
}

const WHOLE_PERCENT = 100;

/**
 * The next minima of a node's slices. A slice in danger is raised at once, out of what nobody has been promised and then
 * out of what others have beyond their own need, in proportion to what they have to spare. When nobody is in danger any
 * more, minima go back to where they were, a percent at a time.
 *
 * Minima never add up to more than 100. Nobody loses what it requires. The same input over and over comes to rest, and
 * each minimum turns once at most until then: taken from first, given back later.
 */
export function decide(state: GuardState, needs: readonly SliceNeed[], options: DecideOptions): GuardState {
  const grants = state.grants.map((grant, i) => ({
    ...grant,
    inDanger: isInDanger(grant, needs[i] ?? NO_NEED, options),
  }));
  const isCalm = grants.every(({ inDanger }) => !inDanger);
  const calmPeriods = isCalm ? state.calmPeriods + 1 : 0;
  if (!isCalm) return { grants: raised(grants, needs, options), calmPeriods };
  const givesBack = calmPeriods >= options.calmPeriods && calmPeriods % options.givePeriods === 0;
  return { grants: givesBack ? givenBack(grants, needs) : grants, calmPeriods };
}

const NO_NEED: SliceNeed = { requiredPercent: 0, pressure: 0, isUrgent: false, mayRise: false };

function isInDanger(
  { minPercent, inDanger }: SliceGrant,
  { requiredPercent, pressure }: SliceNeed,
  { dangerAt, safeAt }: DecideOptions,
): boolean {
  return minPercent < requiredPercent || pressure >= dangerAt || (inDanger && pressure > safeAt);
}

function raised(
  grants: readonly SliceGrant[],
  needs: readonly SliceNeed[],
  { stepPercent, dangerAt }: DecideOptions,
): SliceGrant[] {
  const asks = grants.map(({ minPercent, inDanger }, i) => {
    const { requiredPercent, pressure, mayRise } = needs[i] ?? NO_NEED;
    if (!inDanger) return 0;
    const step = mayRise && pressure >= dangerAt ? stepPercent : 0;
    return Math.max(0, Math.min(WHOLE_PERCENT, Math.max(requiredPercent, minPercent + step)) - minPercent);
  });
  const spare = grants.map(({ minPercent, inDanger }, i) =>
    inDanger ? 0 : Math.max(0, minPercent - (needs[i] ?? NO_NEED).requiredPercent),
  );
  const free = Math.max(0, WHOLE_PERCENT - sumOf(grants.map(({ minPercent }) => minPercent)));
  const moved = Math.min(sumOf(asks), free + sumOf(spare));
  const urgentAsks = asks.map((ask, i) => (needs[i]?.isUrgent === true ? ask : 0));
  const toUrgent = Math.min(sumOf(urgentAsks), moved);
  const urgent = apportion(urgentAsks, toUrgent);
  const others = apportion(
    asks.map((ask, i) => ask - (urgentAsks[i] ?? 0)),
    moved - toUrgent,
  );
  const less = apportion(spare, Math.max(0, moved - free));
  return grants.map((grant, i) => ({
    ...grant,
    minPercent: grant.minPercent + (urgent[i] ?? 0) + (others[i] ?? 0) - (less[i] ?? 0),
  }));
}

function givenBack(grants: readonly SliceGrant[], needs: readonly SliceNeed[]): SliceGrant[] {
  const lowered = grants.map(({ minPercent, basePercent }, i) => {
    const lowest = Math.max(basePercent, (needs[i] ?? NO_NEED).requiredPercent);
    return minPercent > lowest ? minPercent - 1 : minPercent;
  });
  const owed = grants.map(({ basePercent }, i) => Math.max(0, basePercent - (lowered[i] ?? 0)));
  const free = Math.max(0, WHOLE_PERCENT - sumOf(lowered));
  const restored = apportion(owed, Math.min(free, sumOf(owed)));
  return grants.map((grant, i) => ({ ...grant, minPercent: (lowered[i] ?? 0) + (restored[i] ?? 0) }));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
