import {
  type LearningLevel,
  type RicStatus,
  type RoundClosed,
  type SimulationSample,
  type SliceSample,
} from '@ricochet/contracts';
import { SLICE_TYPES, sliceTypeOf, type SliceType } from '@ricochet/ran-types';

/** What the view knows; parts are absent until their sender was heard. */
export interface ViewState {
  readonly sample: SimulationSample | undefined;
  readonly status: RicStatus | undefined;
  /** The aggregator's latest round of each level. */
  readonly rounds: ReadonlyMap<LearningLevel, RoundClosed>;
  readonly lines: readonly string[];
  /** Emulated nodes run; otherwise no sample comes. */
  readonly emulatesNodes: boolean;
  /** Lines that stay in sight. */
  readonly notice: readonly string[];
}

/** Connected nodes that are not ours to emulate, each with its profile and where it is connected from. */
export function otherNodes({ sample, status, emulatesNodes }: ViewState): string[] {
  if (emulatesNodes && sample === undefined) return [];
  const own = new Set(sample?.nodes.map(({ nodeId }) => nodeId));
  return (status?.nodes ?? [])
    .filter(({ nodeId, state }) => state === 'connected' && !own.has(nodeId))
    .map(({ nodeId, profile, transport, peer }) => {
      const from = transport === 'sctp' ? `, ${peer}` : '';
      return `${nodeId} (${profile}${from})`;
    });
}

/** Share of the DUs whose slice met its SLA in the sample's period, by slice. */
export function slaMetShare(sample: SimulationSample): ReadonlyMap<SliceType, number> {
  return new Map(
    SLICE_TYPES.map((type) => {
      const slices = sample.nodes.flatMap((node) =>
        node.slices.filter((slice) => sliceTypeOf(slice.snssai) === type),
      );
      return [type, slices.filter(({ slaMet }) => slaMet).length / Math.max(1, slices.length)];
    }),
  );
}

export function sliceOf(slices: readonly SliceSample[], type: SliceType): SliceSample | undefined {
  return slices.find(({ snssai }) => sliceTypeOf(snssai) === type);
}
