import type { RadioNetwork } from '@ricochet/radio';
import type { HiddenInformation } from '@ricochet/scenario';
import type { SeededRandom } from '../seeded-random.js';

type Bursts = NonNullable<HiddenInformation['interference']>;

/** Outside interference at one DU: bursts as a Poisson process. */
export class InterferenceBursts {
  private nextMs: number;

  constructor(
    private readonly bursts: Bursts & { readonly riseDb: number; readonly cell: number },
    private readonly random: SeededRandom,
  ) {
    this.nextMs = bursts.meanInterval * random.exponential();
  }

  /** Lets the bursts begin that are due. */
  begin(network: RadioNetwork): void {
    const { cell, riseDb, duration, meanInterval } = this.bursts;
    while (this.nextMs <= network.timeMs) {
      network.apply({ kind: 'interference', cells: [cell], noiseRiseDb: riseDb, durationMs: duration });
      this.nextMs += meanInterval * this.random.exponential();
    }
  }

  save(): BurstState {
    return { nextMs: this.nextMs, random: this.random.state };
  }

  restore({ nextMs, random }: BurstState): void {
    this.nextMs = nextMs;
    this.random.state = random;
  }
}

export interface BurstState {
  readonly nextMs: number;
  readonly random: number;
}
