import { DistanceTable } from './distance-table.js';
import { type Layout } from './layout.js';
import { type Mobility } from './mobility.js';
import {
  exponentPathLossDb,
  LOS_CORRELATION_M,
  losPathLossDb,
  losProbability,
  nlosPathLossDb,
  OUTDOOR_TO_INDOOR_SIGMA_DB,
  outdoorToIndoorLossDb,
  SHADOWING,
} from './path-loss.js';
import { type RadioConfig } from './radio-config.js';
import { RandomStreams, STREAM } from './random-streams.js';
import { NORMAL_TABLE, normalQuantile } from './random-tables.js';
import { type StateExchange } from './state-exchange.js';
import { type UeTable } from './ue-table.js';

const DB_TO_NEPER = Math.LN10 / 10;

/**
 * Received power of every cell at every UE: `rxMw[ue × cells + cell]`, mW a PRB, path loss and shadowing in,
 * fast fading out.
 *
 * Shadowing is one Gaussian per pair, AR(1) over the distance moved: g ← e^(−Δd/d_corr)·g + √(1 − e^(−2Δd/d_corr))·n
 * (TR 38.901 clause 7.4.4). Line of sight is spatially consistent in the manner of clause 7.6.3.3: a second
 * Gaussian per
 * pair, correlated over the LOS distance, below the quantile of the LOS probability at the present distance.
 */
export class LargeScale {
  readonly rxMw: Float32Array;
  /** 1 where the pair is in line of sight. */
  readonly lineOfSight: Uint8Array;
  private readonly powerNlos: DistanceTable;
  private readonly powerLos: DistanceTable;
  private readonly losQuantile: DistanceTable;
  private readonly isExponent: boolean;
  private readonly isRandom: boolean;
  private readonly shadow: Float32Array;
  private readonly losGaussian: Float32Array;
  private readonly indoorGain: Float64Array;
  private readonly sigmaLos: number;
  private readonly sigmaNlos: number;
  private readonly correlationM: number;
  private readonly losCorrelationM: number;
  private readonly streams: RandomStreams;

  constructor(
    private readonly ues: UeTable,
    private readonly place: { layout: Layout; mobility: Mobility },
    options: { config: RadioConfig; seed: number },
  ) {
    const { channel, layout } = options.config;
    const model = channel.pathLoss;
    const pairs = ues.capacity * ues.cells;
    this.rxMw = new Float32Array(pairs);
    this.lineOfSight = new Uint8Array(pairs);
    this.isExponent = model === 'exponent';
    this.isRandom = channel.shadowing !== false || !this.isExponent;
    this.shadow = new Float32Array(this.isRandom ? pairs : 0);
    this.losGaussian = new Float32Array(this.isExponent ? 0 : pairs);
    this.streams = new RandomStreams(ues.capacity, options.seed, STREAM.shadowing);
    this.indoorGain = new Float64Array(ues.capacity).fill(1);

    const prbDbm = channel.txPowerDbm + channel.antennaGainDbi - 10 * Math.log10(options.config.prbsPerCell);
    const geometry = { ...layout, carrierGhz: channel.carrierGhz };
    const farthestM = 4 * layout.interSiteDistanceM * (Math.sqrt(ues.cells) + 2);
    const table = (lossDb: (d2D: number) => number): DistanceTable =>
      new DistanceTable(farthestM, (d) => 10 ** ((prbDbm - lossDb(Math.max(d, layout.minDistanceM))) / 10));
    this.powerLos = table((d) => losPathLossDb(model, d, geometry));
    this.powerNlos = this.isExponent
      ? table((d) => exponentPathLossDb(d, channel, layout))
      : table((d) => nlosPathLossDb(model, d, geometry));
    this.losQuantile = new DistanceTable(farthestM, (d) =>
      normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, losProbability(model, d)))),
    );

    const scenario = SHADOWING[model];
    const own = channel.shadowing;
    this.sigmaLos = own === false ? 0 : (own.sigmaDb ?? scenario.sigmaLosDb) * DB_TO_NEPER;
    this.sigmaNlos = own === false ? 0 : (own.sigmaDb ?? scenario.sigmaNlosDb) * DB_TO_NEPER;
    this.correlationM = (own === false ? null : own.correlationM) ?? scenario.correlationNlosM;
    this.losCorrelationM = LOS_CORRELATION_M[model];
    for (let ue = 0; ue < ues.capacity; ue++) this.drawPlace(ue, channel);
  }

  exchange(state: StateExchange): void {
    state.array(this.rxMw);
    state.array(this.lineOfSight);
    state.array(this.shadow);
    state.array(this.losGaussian);
    state.array(this.indoorGain);
    state.array(this.streams.state);
  }

  /** Shadowing, line of sight and indoor loss of a UE that has just been placed. */
  drawPlace(ue: number, { outdoorToIndoor, carrierGhz }: RadioConfig['channel']): void {
    const { streams, ues } = this;
    if (this.isRandom) {
      for (let cell = 0; cell < ues.cells; cell++) {
        this.shadow[ue * ues.cells + cell] = streams.normal(ue);
        if (!this.isExponent) this.losGaussian[ue * ues.cells + cell] = streams.normal(ue);
      }
    }
    if (outdoorToIndoor === false) return;
    const { indoorRatio, loss } = outdoorToIndoor;
    const isIndoor = streams.unit(ue) < indoorRatio;
    const insideM = 25 * Math.min(streams.unit(ue), streams.unit(ue));
    const lossDb =
      outdoorToIndoorLossDb(loss, insideM, carrierGhz) +
      OUTDOOR_TO_INDOOR_SIGMA_DB[loss] * streams.normal(ue);
    this.indoorGain[ue] = isIndoor ? 10 ** (-lossDb / 10) : 1;
  }

  /** After every move: power of all pairs of the active UEs, moved by speed · `movedMs`. */
  update(movedMs: number): void {
    const { order, activeCount } = this.ues;
    if (!this.isRandom) {
      for (let i = 0; i < activeCount; i++) this.updatePlain(order[i] as number);
      return;
    }
    for (let i = 0; i < activeCount; i++) {
      const ue = order[i] as number;
      this.walk(ue, ((this.place.mobility.speedMps[ue] as number) * movedMs) / 1000);
      this.updateRandom(ue);
    }
  }

  /** Power of the pairs of one UE where it stands. */
  refresh(ue: number): void {
    if (this.isRandom) this.updateRandom(ue);
    else this.updatePlain(ue);
  }

  /** Cell received best by a UE, first one of equals. */
  strongestCell(ue: number): number {
    const { cells } = this.ues;
    let best = 0;
    for (let cell = 1; cell < cells; cell++) {
      if ((this.rxMw[ue * cells + cell] as number) > (this.rxMw[ue * cells + best] as number)) best = cell;
    }
    return best;
  }

  private updatePlain(ue: number): void {
    const { rxMw, powerNlos } = this;
    const { layout, mobility } = this.place;
    const { offsetX, offsetY, cells } = layout;
    const x = mobility.x[ue] as number;
    const y = mobility.y[ue] as number;
    const gain = this.indoorGain[ue] as number;
    const row = (mobility.home[ue] as number) * cells;
    const out = ue * cells;
    for (let cell = 0; cell < cells; cell++) {
      const dx = (offsetX[row + cell] as number) - x;
      const dy = (offsetY[row + cell] as number) - y;
      rxMw[out + cell] = gain * powerNlos.at(dx * dx + dy * dy);
    }
  }

  private updateRandom(ue: number): void {
    const { rxMw, lineOfSight, shadow, losGaussian, isExponent, sigmaLos, sigmaNlos } = this;
    const { layout, mobility } = this.place;
    const { offsetX, offsetY, cells } = layout;
    const x = mobility.x[ue] as number;
    const y = mobility.y[ue] as number;
    const row = (mobility.home[ue] as number) * cells;
    const out = ue * cells;
    for (let cell = 0; cell < cells; cell++) {
      const dx = (offsetX[row + cell] as number) - x;
      const dy = (offsetY[row + cell] as number) - y;
      const distance2 = dx * dx + dy * dy;
      const sees = !isExponent && (losGaussian[out + cell] as number) < this.losQuantile.at(distance2);
      lineOfSight[out + cell] = sees ? 1 : 0;
      const power = sees ? this.powerLos.at(distance2) : this.powerNlos.at(distance2);
      const fade = Math.exp((sees ? sigmaLos : sigmaNlos) * (shadow[out + cell] as number));
      rxMw[out + cell] = power * fade * (this.indoorGain[ue] as number);
    }
  }

  private walk(ue: number, movedM: number): void {
    if (movedM === 0) return;
    const { shadow, losGaussian, isExponent, streams } = this;
    const keep = Math.exp(-movedM / this.correlationM);
    const fresh = Math.sqrt(1 - keep * keep);
    const keepLos = Math.exp(-movedM / this.losCorrelationM);
    const freshLos = Math.sqrt(1 - keepLos * keepLos);
    const cells = this.ues.cells;
    for (let at = ue * cells; at < (ue + 1) * cells; at++) {
      shadow[at] = keep * (shadow[at] as number) + fresh * (NORMAL_TABLE[streams.bits(ue) >>> 21] as number);
      if (isExponent) continue;
      const innovation = NORMAL_TABLE[streams.bits(ue) >>> 21] as number;
      losGaussian[at] = keepLos * (losGaussian[at] as number) + freshLos * innovation;
    }
  }
}
