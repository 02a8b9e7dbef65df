import { type TrafficConfig } from './radio-config.js';
import { RandomStreams, STREAM } from './random-streams.js';
import { type StateExchange } from './state-exchange.js';

/**
 * Factor on the arrival rate of each (cell, slice), `factor`: [cells · 3], constant over a 10 ms tick:
 * (1 + depth·sin(2πt/T + φ)) × surge, T and φ drawn once, surges a Poisson process of the model's own.
 */
export class RateModulation {
  readonly factor: Float64Array;
  private readonly omega: Float64Array;
  private readonly phase: Float64Array;
  private readonly surgeFromMs: Float64Array;
  private readonly surgeUntilMs: Float64Array;
  private readonly streams: RandomStreams;

  constructor(
    groups: number,
    private readonly config: TrafficConfig,
    seed: number,
  ) {
    this.factor = new Float64Array(groups).fill(1);
    this.omega = new Float64Array(groups);
    this.phase = new Float64Array(groups);
    this.surgeFromMs = new Float64Array(groups).fill(Infinity);
    this.surgeUntilMs = new Float64Array(groups).fill(Infinity);
    this.streams = new RandomStreams(groups, seed, STREAM.surges);
    const { modulation, surges } = config;
    for (let g = 0; g < groups; g++) {
      if (modulation !== false) {
        const periodS = this.streams.uniform(g, [modulation.periodMinS, modulation.periodMaxS]);
        this.omega[g] = (2 * Math.PI) / (periodS * 1000);
        this.phase[g] = this.streams.uniform(g, [0, 2 * Math.PI]);
      }
      if (surges !== false) this.drawSurge(g, 0);
    }
  }

  exchange(state: StateExchange): void {
    state.array(this.surgeFromMs);
    state.array(this.surgeUntilMs);
    state.array(this.streams.state);
  }

  private drawSurge(group: number, afterMs: number): void {
    const { surges } = this.config;
    if (surges === false) return;
    const from = afterMs + surges.meanIntervalS * 1000 * this.streams.exponential(group);
    const length = this.streams.uniform(group, [surges.durationMinS, surges.durationMaxS]);
    this.surgeFromMs[group] = from;
    this.surgeUntilMs[group] = from + length * 1000;
  }

  update(nowMs: number): void {
    const { modulation, surges } = this.config;
    const depth = modulation === false ? 0 : modulation.depth;
    const surge = surges === false ? 1 : surges.factor;
    for (let g = 0; g < this.factor.length; g++) {
      while (nowMs >= (this.surgeUntilMs[g] as number)) this.drawSurge(g, this.surgeUntilMs[g] as number);
      const wave =
        depth === 0 ? 0 : depth * Math.sin((this.omega[g] as number) * nowMs + (this.phase[g] as number));
      this.factor[g] = (1 + wave) * (nowMs >= (this.surgeFromMs[g] as number) ? surge : 1);
    }
  }
}
