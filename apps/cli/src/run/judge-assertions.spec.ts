import { type NodeSample, type RicCounts } from '@ricochet/contracts';
import { SLICE_TYPES, sNssaiOf } from '@ricochet/ran-types';
import { parseAssertion } from '@ricochet/scenario';
import { judgeAssertions, reachedBy, type JudgedRun } from './judge-assertions.js';

/**
 * Two DUs for one second: DU 1 has qos 0.1, 0.2, … 1, DU 2 has none of the slices' delays; eMBB of DU 1 has a delay in
 * every other period.
 */
const samples = Array.from({ length: 10 }, (_, i) => {
  const nodes = [0, 1].map((cell) => ({
    slices: SLICE_TYPES.map((type) => ({
      snssai: sNssaiOf(type),
      qos: cell === 0 ? (i + 1) / 10 : 0,
      delayMeanMs: cell === 0 && type === 'eMBB' && i % 2 === 0 ? i : null,
      prbUsed: type === 'URLLC' ? 30 : 10,
      slaMet: cell === 1 || i >= 5,
    })),
  }));
  return { timeMs: (i + 1) * 100, nodes: nodes as unknown as NodeSample[] };
});

const run: JudgedRun = {
  samples,
  warmUpMs: 200,
  counts: {
    indications: 40,
    controlsApplied: 7,
    controlsFailed: 1,
    ric: { missed: 2, controlsRefused: 3, effectsEffective: 4, effectsIneffective: 5 } as RicCounts,
  },
};

const judge = (text: string, of = run) =>
  judgeAssertions([{ name: text, ...parseAssertion(text) }], of)[0] ?? { measured: NaN, passed: false };

describe('judgeAssertions', () => {
  test.each([
    // After the warm-up: 0.3 to 1 in DU 1, 0 in DU 2.
    ['mean(eMBB.qos) > 0', 0.325],
    ['mean(eMBB.qos) > 0 at cell 1', 0.65],
    ['mean(eMBB.qos) > 0 at cells [1, 2]', 0.325],
    ['min(eMBB.qos) > 0 at cell 1', 0.3],
    ['max(eMBB.qos) > 0 at cell 1', 1],
    ['last(eMBB.qos) > 0', 0.5],
    ['mean(eMBB.qos) > 0 at cell 1 over [0s, 200ms]', 0.15],
    ['p50(eMBB.qos) > 0 at cell 1 over [0s, 300ms]', 0.2],
    ['p90(eMBB.qos) > 0 at cell 1 over [0s, 1s]', 0.91],
    // Periods without a value are left out.
    ['mean(eMBB.delayMeanMs) > 0', 5],
    ['last(eMBB.delayMeanMs) > 0', 8],
    ['mean(all.prbUsed) > 0', 50 / 3],
    ['sla(mMTC) > 0', 13 / 16],
    ['sla(mMTC) > 0 at cell 1 over [400ms, 600ms]', 0.5],
    ['controls.applied > 0', 7],
    ['controls.failed > 0', 1],
    ['controls.refused > 0', 3],
    ['controls.effective > 0', 4],
    ['controls.ineffective > 0', 5],
    ['indications.missed > 0', 2],
  ])('measures %s', (text, measured) => {
    expect(judge(text)).toMatchObject({ measured: expect.closeTo(measured, 9), passed: true });
  });

  test.each([
    ['controls.applied < 7', false],
    ['controls.applied <= 7', true],
    ['controls.applied > 7', false],
    ['controls.applied >= 7', true],
    ['controls.applied == 7', true],
    ['controls.applied == 7.1', false],
  ])('%s: %s', (text, passed) => {
    expect(judge(text).passed).toBe(passed);
  });

  it('fails where there is nothing to measure', () => {
    const nothing = { measured: null, passed: false };
    expect(judge('mean(URLLC.delayMeanMs) < 10')).toMatchObject(nothing);
    expect(judge('mean(eMBB.qos) >= 0 over [5s, 6s]')).toMatchObject(nothing);
    expect(judge('mean(eMBB.qos) >= 0', { ...run, samples: [] })).toMatchObject(nothing);
    const counts = { ...run.counts, ric: null };
    expect(judge('indications.missed == 0', { ...run, counts })).toMatchObject(nothing);
  });

  it('has the name that the scenario gives, and the assertion', () => {
    const named = { name: 'mine', ...parseAssertion('sla(urllc) > 0.5') };
    expect(judgeAssertions([named], run)).toMatchObject([{ name: 'mine', that: 'sla(URLLC) > 0.5' }]);
  });

  it('tells slices by their service type, whatever their differentiator', () => {
    const withSd = samples.map(({ timeMs, nodes }) => ({
      timeMs,
      nodes: nodes.map((node) => ({
        ...node,
        slices: node.slices.map((slice) => ({ ...slice, snssai: { ...slice.snssai, sd: '00000a' } })),
      })),
    }));
    const of = { ...run, samples: withSd };
    for (const text of ['mean(eMBB.qos) > 0', 'mean(all.prbUsed) > 0', 'sla(mMTC) > 0']) {
      expect(judge(text, of)).toEqual(judge(text));
    }
  });
});

describe('reachedBy', () => {
  const reached = (endMs: number, texts: readonly string[]) => {
    const assertions = texts.map((text) => ({ name: text, ...parseAssertion(text) }));
    return reachedBy({ endMs, durationMs: 4_000 }, assertions).map((some) => some.map(({ name }) => name));
  };

  it('tells what a shortened run came to from what it did not', () => {
    const texts = ['controls.failed == 0', 'sla(all) > 0 over [1s, 3s]', 'sla(all) > 0 over [2s, 3s]'];
    expect(reached(2_000, texts)).toEqual([texts.slice(0, 2), texts.slice(2)]);
  });

  it('takes counts that have to grow for reached at the end alone', () => {
    const bounds = [
      'controls.applied < 9',
      'controls.applied <= 9',
      'controls.applied == 0',
      'sla(all) > 0.5',
    ];
    const toGrow = ['controls.applied > 9', 'controls.applied >= 9', 'controls.applied == 9'];
    expect(reached(3_900, [...bounds, ...toGrow])).toEqual([bounds, toGrow]);
    expect(reached(4_000, [...bounds, ...toGrow])).toEqual([[...bounds, ...toGrow], []]);
  });
});
