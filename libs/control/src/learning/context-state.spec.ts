import { sNssaiOf, SLICE_TYPES } from '@ricochet/ran-types';
import type { SliceObservation } from '../observation/slice-observation.js';
import { createSplitRule } from '../split/split-rules.js';
import { BASE_SPLIT_AT, CONTEXT_STATE_SIZE, ContextState } from './context-state.js';
import { HIGH_STATE_SIZE, highState } from './high-state.js';

const PERIOD_MS = 100;

function slices(quotas: readonly number[], qualities: readonly number[] = [1, 1, 1]): SliceObservation[] {
  return SLICE_TYPES.map((type, i) => ({
    snssai: sNssaiOf(type),
    type,
    qos: qualities[i]!,
    connectedUes: 10,
    quota: quotas[i]!,
    offeredKbit: 100,
    deliveredKbit: 100,
    bufferKbit: 0,
    arrivalNeed: 0.2 * (i + 1),
    backlogNeed: 0.1,
  }));
}

const context = () => new ContextState(createSplitRule('urllc-first', { seed: 0 }));
const at = (timeMs: number) => ({ timeMs, periodMs: PERIOD_MS });

describe('ContextState', () => {
  it("puts what it remembers behind the moment's state, the base rule's split first", () => {
    const observed = slices([0.3, 0.3, 0.4]);
    const state = context().observe(at(100), observed, { timeMs: 100, reward: 1 });
    expect(state).toHaveLength(CONTEXT_STATE_SIZE);
    expect(state.slice(0, HIGH_STATE_SIZE)).toEqual(highState(observed));
    const base = createSplitRule('urllc-first', { seed: 0 }).decide(observed);
    base.forEach((share, i) => expect(state[BASE_SPLIT_AT + i]).toBeCloseTo(share, 6));
  });

  it('tells its own last split', () => {
    const one = context();
    one.observe(at(100), slices([0.3, 0.3, 0.4]), { timeMs: 100, reward: 1 });
    one.decided([0.5, 0.2, 0.3]);
    const state = one.observe(at(200), slices([0.3, 0.3, 0.4]), { timeMs: 200, reward: 1 });
    expect([...state.slice(BASE_SPLIT_AT + 3, BASE_SPLIT_AT + 6)]).toEqual([0.5, 0.2, 0.3].map(Math.fround));
  });

  it('matches rewards with the reports of their periods, however late', () => {
    const lateMs = 200;
    const one = context();
    const qualities = (timeMs: number) => [0.5 + 0.5 * Math.sin(timeMs), 0.5 + 0.5 * Math.cos(timeMs), 0.7];
    for (let timeMs = 100; timeMs <= 4000; timeMs += PERIOD_MS) {
      const reported = timeMs - lateMs;
      const reward = qualities(timeMs)[0]!;
      one.observe(at(reported), slices([0.3, 0.3, 0.4], qualities(reported)), { timeMs, reward });
    }
    const [first, second, third] = one.model.coefficients;
    expect(first).toBeGreaterThan(0.9);
    expect(Math.abs(second!)).toBeLessThan(0.1);
    expect(Math.abs(third!)).toBeLessThan(0.1);
  });

  it('learns nothing over a gap, where nobody knows what moved', () => {
    const one = context();
    one.observe(at(100), slices([0.3, 0.3, 0.4]), { timeMs: 100, reward: 1 });
    one.observe(at(300), slices([0.8, 0.1, 0.1]), { timeMs: 300, reward: 0 });
    expect(one.model.doubt).toBeCloseTo(1, 9);
  });
});
