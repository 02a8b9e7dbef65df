import { type LargeScale } from './large-scale.js';
import { type HandoverConfig } from './radio-config.js';
import { type StateExchange } from './state-exchange.js';
import { type UeTable } from './ue-table.js';

/**
 * Event A3 (TS 38.331 clause 5.5.4.4): a neighbour's RSRP above the serving one's by offset + hysteresis for
 * the whole
 * time to trigger. RSRP is the received power without fast fading, so handovers do not depend on load or control.
 * A serving cell that is off is left at once for the strongest. `candidate`, `sinceMs`: [UEs].
 */
export class Handover {
  private readonly candidate: Int32Array;
  private readonly sinceMs: Float64Array;
  private readonly margin: number;

  constructor(
    private readonly ues: UeTable,
    private readonly largeScale: LargeScale,
    private readonly config: HandoverConfig,
  ) {
    this.candidate = new Int32Array(ues.capacity).fill(-1);
    this.sinceMs = new Float64Array(ues.capacity);
    this.margin = 10 ** ((config.offsetDb + config.hysteresisDb) / 10);
  }

  exchange(state: StateExchange): void {
    state.array(this.candidate);
    state.array(this.sinceMs);
  }

  /** Target cell of a UE now, or −1. `isOn`: [cells]. */
  target(ue: number, nowMs: number, isOn: Uint8Array): number {
    const { cells, serving } = this.ues;
    const { rxMw } = this.largeScale;
    const own = serving[ue] as number;
    let best = -1;
    let bestMw = 0;
    for (let cell = 0; cell < cells; cell++) {
      const power = rxMw[ue * cells + cell] as number;
      if (cell === own || isOn[cell] === 0 || power <= bestMw) continue;
      best = cell;
      bestMw = power;
    }
    if (best === -1) return -1;
    if (isOn[own] === 0) return best;
    if (bestMw <= (rxMw[ue * cells + own] as number) * this.margin) {
      this.candidate[ue] = -1;
      return -1;
    }
    if (this.candidate[ue] !== best) {
      this.candidate[ue] = best;
      this.sinceMs[ue] = nowMs;
    }
    return nowMs - (this.sinceMs[ue] as number) >= this.config.timeToTriggerMs ? best : -1;
  }
}
