import { type LabResult } from '@ricochet/control';
import { percentiles } from '../statistics/quantile.js';

/** What is kept of a test episode: plain data. */
export interface EpisodeSummary {
  /** Mean over the DUs. */
  readonly reward: number;
  /** [DUs] */
  readonly duRewards: readonly number[];
  readonly jain: number;
  readonly slices: readonly SliceSummary[];
}

export interface SliceSummary {
  readonly type: string;
  readonly meanQos: number;
  readonly servedShare: number;
  readonly meanDelayMs: number;
  /** Quantiles of the periods' qualities, all DUs; none where nothing was judged. */
  readonly qualities: readonly number[];
  /** [DUs] the same for each. */
  readonly duQualities: readonly (readonly number[])[];
  /** Quantiles of the UEs' rates, kbit/s. */
  readonly ueRatesKbps: readonly number[];
}

export function summaryOf({ duRewards, jain, slices }: LabResult): EpisodeSummary {
  return {
    reward: duRewards.reduce((sum, reward) => sum + reward, 0) / duRewards.length,
    duRewards,
    jain,
    slices: slices.map(({ type, meanQos, servedShare, meanDelayMs, qualities, ueRatesKbps }) => ({
      ...{ type, meanQos, servedShare, meanDelayMs },
      qualities: percentiles(qualities.flat()),
      duQualities: qualities.map(percentiles),
      ueRatesKbps: percentiles(ueRatesKbps),
    })),
  };
}
