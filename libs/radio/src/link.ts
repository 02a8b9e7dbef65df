import { BlockError } from './block-error.js';
import { type Counters, CQI_COUNT, FIELD, FIELD_BITS } from './counters.js';
import { type Fading } from './fading.js';
import { type LargeScale } from './large-scale.js';
import { CQI_TO_MCS, cqiOfEfficiency, MCS_EFFICIENCY } from './mcs-tables.js';
import { type RadioConfig } from './radio-config.js';
import { type StateExchange } from './state-exchange.js';
import { transportBlockSizes } from './transport-block-size.js';
import { type UeTable } from './ue-table.js';

/** Bits of a product of 1 + SINR that can not overflow: then it is folded into a logarithm. */
const FOLD_BITS = 900;

/**
 * From received powers to what a PRB carries.
 *
 * SINR per sub-band: γ_b = rx·|h_b|² / (N + Σ_{other cells} rx_j·a_j), a_j the share of PRBs that cell j used
 * in the last
 * 10 ms (core paper (1), (2)). Wideband efficiency: mean over sub-bands of min(cap, log2(1 + γ_b)), as one
 * logarithm of a
 * product. `shannon`: bits a PRB = efficiency × PRB bandwidth × 1 ms. `mcs`: effective SINR 2^SE − 1, CQI, MCS, TBS.
 *
 * [UEs]: `interferenceMw`, `sinr` (mean, linear, without fading), `effectiveDb`, `mcs`, `outerLoopDb`.
 */
export class Link {
  private readonly fields: Float64Array;
  readonly interferenceMw: Float64Array;
  readonly effectiveDb: Float64Array;
  readonly mcs: Int8Array;
  readonly outerLoopDb: Float64Array;
  readonly blockError: BlockError;
  /** [MCS × (PRBs + 1)] */
  readonly blockSizes: Int32Array;
  /** [cells] mW a PRB. */
  readonly noiseMw: Float64Array;
  private readonly thermalMw: number;
  private readonly isMcs: boolean;
  private readonly meanOwnMw: Float64Array;
  private readonly ownCount: Int32Array;
  private readonly los: number;
  private readonly scatter: number;
  private readonly cqi: Float64Array;
  /** SINR at the cap of the spectral efficiency. */
  private readonly highestSinr: number;
  /** Sub-bands whose product can not overflow. */
  private readonly foldBands: number;

  constructor(
    private readonly config: RadioConfig,
    private readonly ues: UeTable,
    private readonly parts: { largeScale: LargeScale; fading: Fading; counters: Counters },
  ) {
    const { channel, link, prbBandwidthHz, prbsPerCell } = config;
    const n = ues.capacity;
    this.fields = parts.counters.ue;
    this.cqi = parts.counters.cqi;
    this.interferenceMw = new Float64Array(n);
    this.effectiveDb = new Float64Array(n);
    this.outerLoopDb = new Float64Array(n);
    this.mcs = new Int8Array(n);
    this.highestSinr = 2 ** link.maxSpectralEfficiency - 1;
    this.foldBands = Math.floor(FOLD_BITS / (link.maxSpectralEfficiency + 1));
    this.isMcs = link.rate === 'mcs';
    this.blockError = new BlockError(link);
    this.blockSizes = this.isMcs ? transportBlockSizes(prbsPerCell, link) : new Int32Array(0);
    this.thermalMw =
      10 ** ((channel.noiseDbmPerHz + channel.noiseFigureDb + 10 * Math.log10(prbBandwidthHz)) / 10);
    this.noiseMw = new Float64Array(ues.cells).fill(this.thermalMw);
    this.meanOwnMw = new Float64Array(ues.cells);
    this.ownCount = new Int32Array(ues.cells);
    const k = 10 ** (channel.fading.ricianKDb / 10);
    this.los = channel.fading.model === 'none' ? 0 : Math.sqrt(k / (k + 1));
    this.scatter = channel.fading.model === 'none' ? 1 : Math.sqrt(1 / (k + 1));
  }

  exchange(state: StateExchange): void {
    state.array(this.interferenceMw);
    state.array(this.effectiveDb);
    state.array(this.outerLoopDb);
    state.array(this.mcs);
    state.array(this.noiseMw);
  }

  setNoiseRise(cell: number, riseDb: number): void {
    this.noiseMw[cell] = this.thermalMw * 10 ** (riseDb / 10);
  }

  /** Nothing is known of a UE that has just joined: not scheduled until the next update. */
  suspend(ue: number): void {
    this.fields[(ue << FIELD_BITS) + FIELD.efficiency] = 0;
    this.fields[(ue << FIELD_BITS) + FIELD.bitsPerPrb] = 0;
  }

  /** Interference from the share of PRBs, `usage`: [cells], that each cell used. */
  updateInterference(usage: Float64Array): void {
    const { order, activeCount, serving, cells } = this.ues;
    const { rxMw } = this.parts.largeScale;
    const { interferenceMw } = this;
    if (this.config.channel.interference === 'literal') {
      this.updateLiteral(usage);
      return;
    }
    for (let i = 0; i < activeCount; i++) {
      const ue = order[i] as number;
      const row = ue * cells;
      const own = serving[ue] as number;
      let sum = 0;
      for (let cell = 0; cell < own; cell++) sum += (rxMw[row + cell] as number) * (usage[cell] as number);
      for (let cell = own + 1; cell < cells; cell++)
        sum += (rxMw[row + cell] as number) * (usage[cell] as number);
      interferenceMw[ue] = sum;
    }
  }

  private updateLiteral(usage: Float64Array): void {
    const { order, activeCount, serving, cells } = this.ues;
    const { meanOwnMw, ownCount } = this;
    meanOwnMw.fill(0);
    ownCount.fill(0);
    for (let i = 0; i < activeCount; i++) {
      const ue = order[i] as number;
      const cell = serving[ue] as number;
      meanOwnMw[cell] =
        (meanOwnMw[cell] as number) + (this.parts.largeScale.rxMw[ue * cells + cell] as number);
      ownCount[cell] = (ownCount[cell] as number) + 1;
    }
    let total = 0;
    for (let cell = 0; cell < cells; cell++) {
      const mean = (meanOwnMw[cell] as number) / Math.max(1, ownCount[cell] as number);
      meanOwnMw[cell] = mean * (usage[cell] as number);
      total += meanOwnMw[cell] as number;
    }
    for (let i = 0; i < activeCount; i++) {
      const ue = order[i] as number;
      this.interferenceMw[ue] = Math.max(0, total - (meanOwnMw[serving[ue] as number] as number));
    }
  }

  /** Steps the fading and updates what a PRB carries; counts a CQI report of each UE when `reports`. */
  update(reports: boolean): void {
    const { order, activeCount, serving, cells } = this.ues;
    const { fading, largeScale } = this.parts;
    const { fields, cqi, isMcs } = this;
    const bitsPerEfficiency = this.config.prbBandwidthHz / 1000;
    for (let i = 0; i < activeCount; i++) {
      const ue = order[i] as number;
      const cell = serving[ue] as number;
      fading.step(ue);
      const sinr =
        (largeScale.rxMw[ue * cells + cell] as number) /
        ((this.noiseMw[cell] as number) + (this.interferenceMw[ue] as number));
      const wideband = this.wideband(ue, sinr, largeScale.lineOfSight[ue * cells + cell] === 1);
      let report: number;
      if (isMcs) {
        report = this.adapt(ue, wideband);
      } else {
        fields[(ue << FIELD_BITS) + FIELD.efficiency] = wideband;
        fields[(ue << FIELD_BITS) + FIELD.bitsPerPrb] = Math.floor(wideband * bitsPerEfficiency);
        report = cqiOfEfficiency(wideband);
      }
      if (reports) {
        const at = cell * CQI_COUNT + report;
        cqi[at] = (cqi[at] as number) + 1;
      }
    }
  }

  /** Mean over the sub-bands of min(cap, log2(1 + sinr·|h_b|²)), bit/s/Hz. */
  private wideband(ue: number, sinr: number, sees: boolean): number {
    const { re, im, subbands } = this.parts.fading;
    const direct = sees ? this.los : 0;
    const scatter = sees ? this.scatter : 1;
    const highest = this.highestSinr;
    const end = (ue + 1) * subbands;
    let bits = 0;
    for (let from = ue * subbands; from < end; from += this.foldBands) {
      const to = from + this.foldBands < end ? from + this.foldBands : end;
      let product = 1;
      for (let at = from; at < to; at++) {
        const real = direct + scatter * (re[at] as number);
        const imaginary = scatter * (im[at] as number);
        const faded = sinr * (real * real + imaginary * imaginary);
        product *= 1 + (faded < highest ? faded : highest);
      }
      bits += Math.log2(product);
    }
    return bits / subbands;
  }

  /** CQI, MCS and block size; the outer loop moves the reported SINR. Returns the CQI. */
  private adapt(ue: number, wideband: number): number {
    const { effectiveDb, outerLoopDb, blockError, mcs } = this;
    const nowDb = 10 * Math.log10(Math.max(1e-9, 2 ** wideband - 1));
    const knownDb = this.config.link.cqiDelayed ? (effectiveDb[ue] as number) : nowDb;
    effectiveDb[ue] = nowDb;
    const cqi = blockError.cqi(knownDb + (outerLoopDb[ue] as number));
    const chosen = CQI_TO_MCS[cqi] as number;
    mcs[ue] = chosen;
    const prbs = this.config.prbsPerCell;
    const base = ue << FIELD_BITS;
    this.fields[base + FIELD.efficiency] =
      chosen < 0 ? 0 : (MCS_EFFICIENCY[chosen] as number) * this.config.link.layers;
    this.fields[base + FIELD.bitsPerPrb] =
      chosen < 0 ? 0 : (this.blockSizes[chosen * (prbs + 1) + prbs] as number) / prbs;
    return cqi;
  }

  /** Outer loop: an error lowers the SINR that is believed in, a success raises it, so that the target is met. */
  learn(ue: number, isError: boolean): void {
    const { outerLoopStepDb, blerTarget } = this.config.link;
    const step = isError ? -outerLoopStepDb : (outerLoopStepDb * blerTarget) / (1 - blerTarget);
    const moved = (this.outerLoopDb[ue] as number) + step;
    this.outerLoopDb[ue] = moved < -10 ? -10 : moved > 10 ? 10 : moved;
  }
}
