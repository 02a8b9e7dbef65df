import { type NodeSample } from '@ricochet/contracts';
import { SLICE_TYPES, sNssaiOf, type SliceType } from '@ricochet/ran-types';
import { parseScenario } from '@ricochet/scenario';
import { recoveries } from './recovery.js';

const scenario = parseScenario(
  [
    'name: two',
    'duration: 10s',
    'network: { cells: 2, uesPerCell: 3 }',
    'events:',
    '  - { at: 1s, kind: surge, slice: eMBB, cells: [1, 2], factor: 2, duration: 1s }',
    '',
  ].join('\n'),
  'two.yaml',
);

/** Samples of 100 ms in which a slice of a DU misses its SLA in the periods that end in (from, to]. */
function samples(missed: readonly { cell: number; type: SliceType; fromMs: number; toMs: number }[]) {
  return Array.from({ length: 100 }, (_, i) => {
    const timeMs = (i + 1) * 100;
    const nodes = [0, 1].map((cell) => ({
      slices: SLICE_TYPES.map((type) => ({
        snssai: sNssaiOf(type),
        slaMet: !missed.some(
          (m) => m.cell === cell && m.type === type && timeMs > m.fromMs && timeMs <= m.toMs,
        ),
      })),
    }));
    return { timeMs, nodes: nodes as unknown as NodeSample[] };
  });
}

describe('recovery after a surge', () => {
  it('is zero where the SLA held', () => {
    expect(recoveries(scenario, samples([]))[0]?.recovery.eMBB).toEqual({
      meanMs: 0,
      maxMs: 0,
      notRecovered: 0,
    });
  });

  it('lasts from the end of the surge to the first of five periods that meet the SLA', () => {
    const missed = samples([{ cell: 0, type: 'eMBB', fromMs: 1_200, toMs: 2_500 }]);
    expect(recoveries(scenario, missed)[0]?.recovery.eMBB).toEqual({
      meanMs: 300,
      maxMs: 600,
      notRecovered: 0,
    });
  });

  it('does not count a recovery that does not last', () => {
    const missed = samples([
      { cell: 0, type: 'mMTC', fromMs: 2_000, toMs: 2_500 },
      { cell: 0, type: 'mMTC', fromMs: 2_700, toMs: 3_000 },
    ]);
    expect(recoveries(scenario, missed)[0]?.recovery.mMTC.maxMs).toBe(1_100);
  });

  it('tells DUs that never recovered, and leaves them out of the mean', () => {
    const missed = samples([{ cell: 1, type: 'URLLC', fromMs: 1_000, toMs: 10_000 }]);
    expect(recoveries(scenario, missed)[0]?.recovery.URLLC).toEqual({ meanMs: 0, maxMs: 0, notRecovered: 1 });
  });

  it('leaves out a surge that the run did not see end', () => {
    expect(recoveries(scenario, samples([]).slice(0, 15))).toEqual([]);
  });
});
