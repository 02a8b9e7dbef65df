import { FIELD, FIELD_BITS } from './counters.js';
import { type StateExchange } from './state-exchange.js';

/** Averaging time, slots; an average older than the table counts as nothing. */
const AVERAGE_SLOTS = 100;
const DECAY_SIZE = 1024;
const DECAY = Float64Array.from({ length: DECAY_SIZE }, (_, age) => (1 - 1 / AVERAGE_SLOTS) ** age);

/**
 * Throughput R̄ of proportional fair, bits a slot: R̄ ← (1 − 1/T)·R̄ + R/T every slot with T = 100, brought up
 * to date only when
 * a UE is served or looked at, so that idle UEs cost nothing. `fields`: as in `Counters.ue`.
 */
export class ThroughputAverage {
  private readonly slotOf: Int32Array;

  constructor(
    ues: number,
    private readonly fields: Float64Array,
  ) {
    this.slotOf = new Int32Array(ues);
  }

  exchange(state: StateExchange): void {
    state.array(this.slotOf);
  }

  at(ue: number, slot: number): number {
    const age = slot - (this.slotOf[ue] as number);
    if (age >= DECAY_SIZE) return 0;
    return (this.fields[(ue << FIELD_BITS) + FIELD.averageBits] as number) * (DECAY[age] as number);
  }

  add(ue: number, bits: number, slot: number): void {
    this.fields[(ue << FIELD_BITS) + FIELD.averageBits] = this.at(ue, slot) + bits * (1 / AVERAGE_SLOTS);
    this.slotOf[ue] = slot;
  }
}
