import { type KpiLevel, type KpiNameAt, type SNssai } from '@ricochet/ran-types';

/** What an xApp wants reported. */
export interface Subscription<
  N extends string = string,
  L extends KpiLevel = KpiLevel,
  M extends string = string,
> {
  /** The xApp's own name for it. */
  readonly name: N;
  readonly level: L;
  readonly periodMs: number;
  readonly measurements: readonly M[];
  /** Of the UEs of this slice alone, at UE level. */
  readonly snssai?: SNssai | undefined;
  /** Ids of E2 nodes; absent: every node that offers it. */
  readonly nodes?: readonly string[] | undefined;
}

/**
 * A subscription to measurements of the catalogue: names that it has not, or not at that level, do not compile, and
 * its reports know the unit of each value. For its types alone.
 */
export function subscription<const N extends string, L extends KpiLevel, const M extends KpiNameAt<L>>(
  wanted: Subscription<N, L, M>,
): Subscription<N, L, M> {
  return wanted;
}
