import { besselJ0 } from './bessel.js';
import { type FadingConfig } from './radio-config.js';
import { RandomStreams, STREAM } from './random-streams.js';
import { NORMAL_TABLE } from './random-tables.js';
import { type StateExchange } from './state-exchange.js';

const LIGHT_MPS = 299_792_458;
/** Paths of the sum of sinusoids. */
const PATHS = 8;
const COSINE_SIZE = 4096;
const COSINE_TABLE = Float64Array.from({ length: COSINE_SIZE }, (_, i) =>
  Math.cos((2 * Math.PI * i) / COSINE_SIZE),
);

/**
 * Complex Rayleigh gain per UE and sub-band, `re`, `im`: [UEs × sub-bands], E|h|² = 1, independent sub-bands.
 *
 * `ar1`: h ← ρ·h + √(1 − ρ²)·n with ρ = J₀(2π·f_d·Δt), f_d = v·f_c/c (Jakes' autocorrelation at one step).
 * `sum-of-sinusoids`: Clarke's h(t) = 1/√M · Σ e^{j(2π·f_d·cos α_m·t + φ_m)}, α_m = (2πm + θ)/M: J₀ at every lag.
 * `none`: h = 1. One stream per UE.
 */
export class Fading {
  readonly subbands: number;
  readonly re: Float32Array;
  readonly im: Float32Array;
  private readonly model: FadingConfig['model'];
  private readonly streams: RandomStreams;
  /** [UEs] AR(1) coefficient and scale of its innovation. */
  private readonly keep: Float64Array;
  private readonly fresh: Float64Array;
  /** [UEs] Doppler phase of one step, turns; [UEs × sub-bands × paths] phase and cos α. */
  private readonly dopplerTurns: Float64Array;
  private readonly phaseTurns: Float32Array;
  private readonly pathCos: Float32Array;

  constructor(
    ues: number,
    private readonly config: FadingConfig & { readonly carrierGhz: number },
    seed: number,
  ) {
    const { subbands } = config;
    this.subbands = subbands;
    this.model = config.model;
    this.re = new Float32Array(ues * subbands);
    this.im = new Float32Array(ues * subbands);
    this.keep = new Float64Array(ues);
    this.fresh = new Float64Array(ues);
    this.dopplerTurns = new Float64Array(ues);
    const paths = config.model === 'sum-of-sinusoids' ? ues * subbands * PATHS : 0;
    this.phaseTurns = new Float32Array(paths);
    this.pathCos = new Float32Array(paths);
    this.streams = new RandomStreams(ues, seed, STREAM.fading);
    for (let ue = 0; ue < ues; ue++) this.draw(ue);
  }

  exchange(state: StateExchange): void {
    state.array(this.re);
    state.array(this.im);
    state.array(this.keep);
    state.array(this.fresh);
    state.array(this.dopplerTurns);
    state.array(this.phaseTurns);
    state.array(this.streams.state);
  }

  private draw(ue: number): void {
    const { streams, subbands, model, re, im } = this;
    this.setSpeed(ue, 0);
    for (let at = ue * subbands; at < (ue + 1) * subbands; at++) {
      re[at] = model === 'ar1' ? streams.normal(ue) * Math.SQRT1_2 : 1;
      im[at] = model === 'ar1' ? streams.normal(ue) * Math.SQRT1_2 : 0;
      if (model !== 'sum-of-sinusoids') continue;
      const theta = streams.uniform(ue, [-Math.PI, Math.PI]);
      for (let m = 0; m < PATHS; m++) {
        this.pathCos[at * PATHS + m] = Math.cos((2 * Math.PI * m + theta) / PATHS);
        this.phaseTurns[at * PATHS + m] = streams.unit(ue);
      }
    }
    if (model === 'sum-of-sinusoids') this.sumSinusoids(ue);
  }

  /** Sets the Doppler spread of a UE. */
  setSpeed(ue: number, speedMps: number): void {
    const { carrierGhz, periodMs } = this.config;
    const dopplerHz = (speedMps * carrierGhz * 1e9) / LIGHT_MPS;
    const turns = (dopplerHz * periodMs) / 1000;
    const rho = Math.min(1, besselJ0(2 * Math.PI * turns));
    this.dopplerTurns[ue] = turns;
    this.keep[ue] = rho;
    this.fresh[ue] = Math.sqrt(Math.max(0, 1 - rho * rho)) * Math.SQRT1_2;
  }

  /** One update of all sub-bands of a UE. */
  step(ue: number): void {
    if (this.model === 'ar1') this.stepAr1(ue);
    else if (this.model === 'sum-of-sinusoids') this.stepSinusoids(ue);
  }

  /** One draw of xoshiro128** a sub-band, held in locals; its top bits and the next ones index the normal table. */
  private stepAr1(ue: number): void {
    const { re, im, subbands } = this;
    const state = this.streams.state;
    const keep = this.keep[ue] as number;
    const fresh = this.fresh[ue] as number;
    const base = ue << 2;
    let s0 = state[base] as number;
    let s1 = state[base + 1] as number;
    let s2 = state[base + 2] as number;
    let s3 = state[base + 3] as number;
    const end = (ue + 1) * subbands;
    for (let at = ue * subbands; at < end; at++) {
      const scrambled = Math.imul(s1, 5);
      const bits = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
      const shifted = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= shifted;
      s3 = (s3 << 11) | (s3 >>> 21);
      re[at] = keep * (re[at] as number) + fresh * (NORMAL_TABLE[bits >>> 21] as number);
      im[at] = keep * (im[at] as number) + fresh * (NORMAL_TABLE[(bits >>> 10) & 0x7ff] as number);
    }
    state[base] = s0;
    state[base + 1] = s1;
    state[base + 2] = s2;
    state[base + 3] = s3;
  }

  private stepSinusoids(ue: number): void {
    const { phaseTurns, pathCos, subbands } = this;
    const turns = this.dopplerTurns[ue] as number;
    const end = (ue + 1) * subbands * PATHS;
    for (let at = ue * subbands * PATHS; at < end; at++) {
      const phase = (phaseTurns[at] as number) + turns * (pathCos[at] as number);
      phaseTurns[at] = phase - Math.floor(phase);
    }
    this.sumSinusoids(ue);
  }

  private sumSinusoids(ue: number): void {
    const { phaseTurns, re, im, subbands } = this;
    const scale = 1 / Math.sqrt(PATHS);
    for (let band = ue * subbands; band < (ue + 1) * subbands; band++) {
      let real = 0;
      let imaginary = 0;
      for (let at = band * PATHS; at < (band + 1) * PATHS; at++) {
        const index = Math.floor((phaseTurns[at] as number) * COSINE_SIZE);
        real += COSINE_TABLE[index & (COSINE_SIZE - 1)] as number;
        imaginary += COSINE_TABLE[(index - COSINE_SIZE / 4) & (COSINE_SIZE - 1)] as number;
      }
      re[band] = real * scale;
      im[band] = imaginary * scale;
    }
  }
}
