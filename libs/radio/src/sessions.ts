import { type DuProfile } from './radio-config.js';
import { RandomStreams, STREAM } from './random-streams.js';
import { type StateExchange } from './state-exchange.js';
import { type UeTable } from './ue-table.js';

/**
 * UEs that come and go (DU type airport): exponential times present and away, one stream per UE; looked at
 * every 100 ms.
 * `changeMs`: [UEs], infinite where UEs stay.
 */
export class Sessions {
  private readonly changeMs: Float64Array;
  private readonly streams: RandomStreams;

  constructor(
    private readonly ues: UeTable,
    private readonly profiles: readonly DuProfile[],
    seed: number,
  ) {
    this.changeMs = new Float64Array(ues.capacity).fill(Infinity);
    this.streams = new RandomStreams(ues.capacity, seed, STREAM.sessions);
    for (let ue = 0; ue < ues.capacity; ue++) {
      const { sessions } = this.profileOf(ue);
      if (ues.known[ue] === 0 || sessions === false) continue;
      const { presentMeanS, awayMeanS } = sessions;
      ues.active[ue] = this.streams.unit(ue) < presentMeanS / (presentMeanS + awayMeanS) ? 1 : 0;
      this.draw(ue, 0);
    }
  }

  exchange(state: StateExchange): void {
    state.array(this.changeMs);
    state.array(this.streams.state);
  }

  private profileOf(ue: number): DuProfile {
    return this.profiles[Math.floor(ue / this.ues.perCell)] as DuProfile;
  }

  private draw(ue: number, nowMs: number): void {
    const { sessions } = this.profileOf(ue);
    if (sessions === false) return;
    const meanS = this.ues.active[ue] === 1 ? sessions.presentMeanS : sessions.awayMeanS;
    this.changeMs[ue] = nowMs + meanS * 1000 * this.streams.exponential(ue);
  }

  /** Whether a UE comes or goes now; if so, draws when it changes next (from the state it goes into). */
  isDue(ue: number, nowMs: number): boolean {
    return nowMs >= (this.changeMs[ue] as number);
  }

  changed(ue: number, nowMs: number): void {
    this.draw(ue, nowMs);
  }
}
