import { type LinkConfig } from './radio-config.js';
import { MCS_COUNT, MCS_EFFICIENCY, CQI_EFFICIENCY } from './mcs-tables.js';

const REACH_DB = 16;
const STEPS_PER_DB = 32;

/** SINR at which a spectral efficiency meets the BLER target, dB: 10·lg(2^(SE/η) − 1), η the coding efficiency. */
export function thresholdDb(efficiency: number, codingEfficiency: number): number {
  return 10 * Math.log10(2 ** (efficiency / codingEfficiency) - 1);
}

/**
 * Block error ratio over the distance Δ dB of the SINR from the threshold of the MCS: the logistic curve
 * 1 / (1 + (1/target − 1)·e^(κΔ)), which is the target at Δ = 0 and falls with slope κ. Tabulated to ± 16 dB.
 */
export class BlockError {
  /** [MCS] and [CQI]: SINR at the target. */
  readonly mcsThresholdDb: Float64Array;
  readonly cqiThresholdDb: Float64Array;
  private readonly table: Float64Array;

  constructor({ codingEfficiency, blerTarget, blerSlopePerDb }: LinkConfig) {
    this.mcsThresholdDb = new Float64Array(MCS_COUNT).map((_, mcs) =>
      thresholdDb(MCS_EFFICIENCY[mcs] as number, codingEfficiency),
    );
    this.cqiThresholdDb = CQI_EFFICIENCY.map((efficiency) => thresholdDb(efficiency, codingEfficiency));
    const odds = 1 / blerTarget - 1;
    this.table = Float64Array.from({ length: 2 * REACH_DB * STEPS_PER_DB + 1 }, (_, i) => {
      const offsetDb = i / STEPS_PER_DB - REACH_DB;
      return 1 / (1 + odds * Math.exp(blerSlopePerDb * offsetDb));
    });
  }

  /** Probability that a block at `sinrDb` is in error. */
  ratio(mcs: number, sinrDb: number): number {
    const offsetDb = sinrDb - (this.mcsThresholdDb[mcs] as number);
    if (offsetDb <= -REACH_DB) return 1;
    if (offsetDb >= REACH_DB) return 0;
    return this.table[Math.round((offsetDb + REACH_DB) * STEPS_PER_DB)] as number;
  }

  /** Highest CQI (0 to 15) whose threshold an SINR reaches. */
  cqi(sinrDb: number): number {
    let cqi = 15;
    while (cqi > 0 && (this.cqiThresholdDb[cqi] as number) > sinrDb) cqi--;
    return cqi;
  }
}
