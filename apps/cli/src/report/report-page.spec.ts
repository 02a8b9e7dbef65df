import { SLICE_TYPES } from '@ricochet/ran-types';
import { parseScenario } from '@ricochet/scenario';
import { coloursOf } from '../charts/palette.js';
import { compareMethods } from '../compare/comparison.js';
import { type AssertionResult } from '../run/judge-assertions.js';
import { type RunOutcome } from '../run/run-outcome.js';
import { type RunSummary } from '../run/summary.js';
import { meanCurve } from './reported-method.js';
import { reportPage } from './report-page.js';
import { leadText } from './report-text.js';
import { type RunFigures, type SliceFigures } from './run-figures.js';
import { sliceCharts } from './slice-charts.js';

const scenario = parseScenario('name: one & only\ndescription: A try\nduration: 1s\n', 'one.yaml');
const versions = { ricochet: '1', node: 'v2' };
const SLICE: SliceFigures = {
  ...{ offeredMbps: [1, 2], deliveredMbps: [1, 2], delayP99Ms: [null, 3], slaMet: [100, 0] },
  ...{ quota: [30, 40], used: [10, 20], wanted: [null, 20], ueRatesMbps: [], delaysMs: [1, 2, 3] },
};
const bySlice = <T>(value: T) => Object.fromEntries(SLICE_TYPES.map((type) => [type, value]));
const figures: RunFigures = {
  timesS: [0.1, 0.2],
  slices: bySlice(SLICE) as RunFigures['slices'],
  learning: [],
  happenings: [{ timeMs: 100, text: 'DU 1 switched off' }],
};

function outcome(seed: number, method?: string, assertions: AssertionResult[] = []): RunOutcome {
  const kpis = {
    ...{ offeredMbps: 1, deliveredMbps: 1, servedShare: 1, delayMeanMs: 1, delayP99Ms: seed, delayMaxMs: 2 },
    ...{ dropRate: 0, prbShare: 0.2, qos: 0.5, slaSatisfaction: 0.5 },
  };
  const summary = {
    ...{ slices: bySlice(kpis), meanQos: 0.5, slaSatisfaction: 0.5, jainIndex: 1, recovery: [], assertions },
    ...{ simulatedMs: 1_000, mode: 'lockstep', configHash: 'c0', kpiHash: 'f'.repeat(64) },
    controller: method ?? 'need+pf',
  } as unknown as RunSummary;
  return { scenario: scenario.name, seed, wallMs: 1_000, method, summary, figures };
}

const headingsOf = (page: string) => [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading);
const figuresOf = (page: string) => [...page.matchAll(/data-name="(.*?)"/g)].map(([, name]) => name);

describe('the report', () => {
  it('of a run tells what was run, the verdicts, and each slice over time', () => {
    const verdicts = [
      { name: 'a', that: 'a', measured: 1, passed: true },
      { name: 'b', that: 'b', measured: null, passed: false },
    ];
    const page = reportPage({ scenario, outcomes: [outcome(3, undefined, verdicts)], versions });
    expect(page).toContain('<h1>one &amp; only: need+pf</h1>');
    expect(headingsOf(page)).toEqual([
      ...[
        'In short',
        'Assertions',
        'Slices, after the warm-up',
        'What happened',
        ...SLICE_TYPES,
        'What was run',
      ],
    ]);
    expect(page).toContain('1 of 2 assertions hold.');
    expect(page).toMatch(/<tr class="bad"><td>b<\/td><td>no value<\/td><td>NO<\/td>/);
    expect(page).toContain('0.1 s: DU 1 switched off');
    expect(page).toContain(`KPI hash: ${'f'.repeat(64)}`);
    // No rates of UEs were measured: there is no figure of them.
    expect(figuresOf(page).filter((name) => name?.startsWith('URLLC'))).toEqual([
      'URLLC: rate, all DUs together',
      'URLLC: quota against demand, all DUs',
      'URLLC: 99th percentile of the delay, mean over DUs',
      'URLLC: DUs that meet the SLA',
      'URLLC: 99th percentiles of the delay, distribution',
    ]);
  });

  it('of several seeds tells means with intervals, and of runs without an end why', () => {
    const gone: RunOutcome = { scenario: scenario.name, seed: 9, wallMs: 1, fault: 'an xApp <ended>' };
    const page = reportPage({ scenario, outcomes: [outcome(1), outcome(3), gone], versions });
    expect(headingsOf(page)).toContain('Runs');
    expect(page).toContain('<td>URLLC delay P99, ms</td><td>2.0 ±\u00a012.7</td>');
    expect(page).toContain('seed 9 did not come to its end: an xApp &lt;ended&gt;');
  });

  it('of a comparison tells differences, and says in which KPIs they are sure', () => {
    const outcomes = [outcome(1, 'a'), outcome(2, 'b'), outcome(2, 'a'), outcome(3, 'b')].map((one, i) => ({
      ...one,
      // The delay is a's seed there, and one more of b.
      seed: i < 2 ? 1 : 2,
    }));
    const comparison = compareMethods(['a', 'b'], outcomes);
    const page = reportPage({ scenario, outcomes, comparison, versions });
    expect(page).toContain(
      'b against a, as far as 2 seeds tell them apart:\n' +
        'eMBB: worse in delay P99.\nmMTC: worse in delay P99.\nURLLC: worse in delay P99.\n',
    );
    expect(page).toContain('misses one time in 20 by chance: of these 27 about 1.');
    expect(page).toMatch(
      /<tr class="bad"><td>URLLC delay P99, ms<\/td>.*<td>\+1\.0 ±\u00a00\.0<\/td><td>worse<\/td>/,
    );
    expect(figuresOf(page)).toEqual(
      expect.arrayContaining(['QoS: b less a', 'eMBB: quota against demand, all DUs, b']),
    );
  });
});

describe('what a report begins with', () => {
  const verdicts = [{ name: 'a', that: 'a', measured: 1, passed: true }];

  it('counts a run without an end as one in which nothing held, and names what was not reached', () => {
    const gone: RunOutcome = { scenario: scenario.name, seed: 9, wallMs: 1, fault: 'gone' };
    const first = outcome(1, undefined, verdicts);
    const early = { ...first.summary, assertionsNotReached: ['late one'] } as unknown as RunSummary;
    const outcomes = [{ ...first, summary: early }, outcome(2, undefined, verdicts), gone];
    const page = reportPage({ scenario, outcomes, versions });
    expect(page).toContain('2 of 3 assertions hold.');
    expect(page).toContain('NO, 2 of\u00a03');
    expect(page).toContain('not reached before the end: late one');
  });

  it('says of a comparison what differs without being better, and takes the intervals that there are', () => {
    const outcomes = [1, 2, 3].flatMap((seed) =>
      ['a', 'b'].map((method): RunOutcome => {
        const one = outcome(seed, method);
        const slices = structuredClone(one.summary?.slices ?? {}) as Record<string, Record<string, unknown>>;
        for (const slice of Object.values(slices)) {
          slice['delayMeanMs'] = null;
          if (method === 'b') slice['prbShare'] = 0.3;
        }
        return { ...one, summary: { ...one.summary, slices } as unknown as RunSummary };
      }),
    );
    const text = leadText(scenario, outcomes, compareMethods(['a', 'b'], outcomes));
    expect(text).toContain(
      'b against a, as far as 3 seeds tell them apart:\n' +
        'eMBB: other in PRBs used.\nmMTC: other in PRBs used.\nURLLC: other in PRBs used.\n',
    );
    expect(text).toContain('of these 24 about 1.');
  });
});

describe('a report of many runs', () => {
  it('has no bound on their points', () => {
    const timesS = Array.from({ length: 200_000 }, (_, i) => i);
    const long = { ...figures, timesS };
    const limited = parseScenario(
      'name: one\nduration: 1s\nsla: { eMBB: { maxDelayP99Ms: 5 } }\n',
      'one.yaml',
    );
    const input = {
      scenario: limited,
      methods: [{ name: 'a', runs: [long] }],
      colours: coloursOf(['a'], { limit: '#B3261E', offered: '#777777', demand: '#777777' }),
    };
    expect(sliceCharts('eMBB', input).length).toBeGreaterThan(0);
  });
});

describe('a mean curve', () => {
  const run = (...values: (number | null)[]) => ({ timesS: [1, 2], values });

  it('is over the runs that have a value, with a band where there are three', () => {
    const { points, band } = meanCurve('m', [run(1, 1), run(2, null), run(3, 5)]);
    expect(points).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(band).toEqual([[1, 0, expect.closeTo(2 + 2.484, 3)]]);
    expect(meanCurve('m', [run(null, null)]).points).toEqual([]);
  });

  it('is over what was measured at about the same time, however many points a run has', () => {
    const long = { timesS: [2, 4, 6, 8], values: [1, 1, 3, 3] };
    const short = { timesS: [1, 2, 3, 4], values: [2, 4, 6, 8] };
    expect(meanCurve('m', [long, short]).points).toEqual([
      // Of the short run what was measured at 1 and 2 s, then at 3 and 4 s.
      [2, (1 + 3) / 2],
      [4, (1 + 7) / 2],
      [6, 3],
      [8, 3],
    ]);
  });

  it('has the times of a run that is alone', () => {
    const run = { timesS: [1, 1.1, 9], values: [1, 2, 3] };
    expect(meanCurve('m', [run]).points).toEqual([
      [1, 1],
      [1.1, 2],
      [9, 3],
    ]);
  });
});
