import { type NodeSample, type SliceSample } from '@ricochet/contracts';
import { formatSNssai, sliceTypeOf } from '@ricochet/ran-types';

const BITS_PER_KBIT = 1_000;

/** What adds up over the run, of one slice of one node. */
export interface SliceTotal {
  offeredBits: number;
  deliveredBits: number;
  /** Of 100 ms. */
  periods: number;
  slaMetPeriods: number;
}

/** The latest sample of every slice of every node, and what adds up over the run: for metrics. */
export class SliceTotals {
  private readonly totals = new Map<string, Map<string, SliceTotal>>();
  private latest: readonly NodeSample[] = [];

  add(nodes: readonly NodeSample[]): void {
    this.latest = nodes;
    for (const { nodeId, slices } of nodes) {
      const ofNode = this.totals.get(nodeId) ?? new Map<string, SliceTotal>();
      this.totals.set(nodeId, ofNode);
      for (const slice of slices) {
        const name = nameOf(slice);
        let total = ofNode.get(name);
        if (total === undefined) {
          total = { offeredBits: 0, deliveredBits: 0, periods: 0, slaMetPeriods: 0 };
          ofNode.set(name, total);
        }
        total.offeredBits += slice.offeredKbit * BITS_PER_KBIT;
        total.deliveredBits += slice.deliveredKbit * BITS_PER_KBIT;
        total.periods += 1;
        total.slaMetPeriods += Number(slice.slaMet);
      }
    }
  }

  /** By node and slice. */
  total(key: keyof SliceTotal): Record<string, Record<string, number>> {
    return Object.fromEntries(
      [...this.totals].map(([node, slices]) => [
        node,
        Object.fromEntries([...slices].map(([name, total]) => [name, total[key]])),
      ]),
    );
  }

  /** A value of the latest sample by node and slice; `null` is left out. */
  value(of: (slice: SliceSample, node: NodeSample) => number | null): Record<string, Record<string, number>> {
    return Object.fromEntries(
      this.latest.map((node) => [
        node.nodeId,
        Object.fromEntries(
          node.slices.flatMap((slice) => {
            const value = of(slice, node);
            return value === null ? [] : [[nameOf(slice), value]];
          }),
        ),
      ]),
    );
  }

  /** Whether each node's cell is on. */
  cellsOn(): Record<string, number> {
    return Object.fromEntries(this.latest.map(({ nodeId, active }) => [nodeId, Number(active)]));
  }
}

/** `URLLC`, or the S-NSSAI of a slice of no standardised type. */
function nameOf({ snssai }: SliceSample): string {
  return sliceTypeOf(snssai) ?? formatSNssai(snssai);
}
