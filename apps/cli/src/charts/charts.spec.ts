import { barChart, type BarChart } from './bar-chart.js';
import { boxChart, type BoxChart } from './box-chart.js';
import { cdfChart, type CdfChart } from './cdf-chart.js';
import { intervalChart, type IntervalChart } from './interval-chart.js';
import { lineChart, type LineChart } from './line-chart.js';

const LINE: LineChart = {
  title: 'Learning',
  xName: 'Rounds',
  yName: 'Reward <mean> & "more"',
  series: [
    {
      name: 'softmin',
      points: [
        [0, 0.6],
        [100, 0.9],
      ],
      band: [
        [0, 0.5, 0.7],
        [100, 0.85, 0.95],
      ],
    },
    { name: '<script>alert(1)</script>', points: [[0, 0.8]], dashed: true },
  ],
};
const BAR: BarChart = {
  title: 'Satisfaction',
  yName: 'Share of the SLA',
  categories: ['eMBB', 'URLLC'],
  series: [
    { name: 'need + PF', values: [0.8, 0.9], low: [0.7, 0.85], high: [0.9, 0.95] },
    { name: 'a & b', values: [0.7, 0.6] },
  ],
};
const BOX: BoxChart = {
  title: 'Latency of URLLC',
  yName: 'Latency, ms',
  boxes: [
    { name: 'need + PF', min: 1, q1: 2, median: 3, q3: 4, max: 9 },
    { name: 'a "b"', min: 0, q1: 0, median: 0, q3: 0, max: 0 },
  ],
};
const CDF: CdfChart = {
  title: 'Latency by slice',
  xName: 'Latency, ms',
  panels: ['eMBB', 'mMTC', 'URLLC'].map((name) => ({
    name,
    series: [
      {
        name: 'need + PF',
        points: [
          [1, 0.5],
          [2, 1],
        ],
      },
    ],
  })),
};

const INTERVALS: IntervalChart = {
  title: 'Delay: b less a',
  xName: 'difference, ms',
  rows: ['eMBB', 'URLLC'],
  series: [
    {
      name: 'b',
      values: [
        { row: 'eMBB', mean: 2, low: 1, high: 3 },
        { row: 'URLLC', mean: 3, low: -1, high: 7 },
      ],
    },
  ],
};

/** What is written in a picture, without its tags. */
function wordsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words]) => words as string);
}

describe.each<[string, () => string, string[]]>([
  [
    'lineChart',
    () => lineChart(LINE),
    [
      'Learning',
      'Rounds',
      'Reward &lt;mean&gt; &amp; &quot;more&quot;',
      'softmin',
      '&lt;script&gt;alert(1)&lt;/script&gt;',
    ],
  ],
  [
    'barChart',
    () => barChart(BAR),
    ['Satisfaction', 'Share of the SLA', 'eMBB', 'URLLC', 'need + PF', 'a &amp; b'],
  ],
  ['boxChart', () => boxChart(BOX), ['Latency of URLLC', 'Latency, ms', 'need + PF', 'a &quot;b&quot;']],
  [
    'cdfChart',
    () => cdfChart(CDF),
    ['Latency by slice', 'Latency, ms', 'Cumulative probability', 'eMBB', 'mMTC', 'URLLC', 'need + PF'],
  ],
])('%s', (_, draw, words) => {
  it('says the title, the axes and the names, escaped', () => {
    expect(wordsOf(draw())).toEqual(expect.arrayContaining(words));
  });

  it('gives the same bytes whatever was drawn before', () => {
    const first = draw();
    lineChart(LINE);
    barChart(BAR);
    expect(draw()).toBe(first);
  });

  it('is one SVG that needs nothing else', () => {
    const svg = draw();
    expect(svg).toMatch(/^<svg width="760" height="\d+" xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg.trimEnd()).toMatch(/<\/svg>$/);
    expect(svg.match(/http/g)).toHaveLength(1);
    expect(svg).not.toMatch(/<script|<style|class=|href|NaN|undefined|Infinity/);
    expect(svg).toContain('font-family:sans-serif');
  });
});

const FAULTS: [string, () => string, string][] = [
  ['no series', () => lineChart({ ...LINE, series: [] }), 'chart "Learning": no series'],
  [
    'no points',
    () => lineChart({ ...LINE, series: [{ name: 's', points: [] }] }),
    'chart "Learning": series "s" has no points',
  ],
  [
    'a point that is no number',
    () => lineChart({ ...LINE, series: [{ name: 's', points: [[0, Number.NaN]] }] }),
    'chart "Learning": point 0 of series "s" is [0, NaN]',
  ],
  [
    'a band that is no number',
    () => lineChart({ ...LINE, series: [{ name: 's', points: [[0, 1]], band: [[0, Number.NaN, 1]] }] }),
    'chart "Learning": interval 0 of series "s" is [0, NaN, 1]',
  ],
  [
    'a name twice',
    () =>
      lineChart({
        ...LINE,
        series: [
          { name: 's', points: [[0, 1]] },
          { name: 's', points: [[0, 2]] },
        ],
      }),
    'chart "Learning": series "s" comes twice',
  ],
  ['no categories', () => barChart({ ...BAR, categories: [] }), 'chart "Satisfaction": no category'],
  [
    'a value too few',
    () => barChart({ ...BAR, series: [{ name: 's', values: [1] }] }),
    'chart "Satisfaction": series "s" has 1 values for 2 categories',
  ],
  [
    'an error bar too many',
    () => barChart({ ...BAR, series: [{ name: 's', values: [1, 2], low: [0, 1, 2], high: [2, 3] }] }),
    'chart "Satisfaction": series "s" has 3 low for 2 categories',
  ],
  [
    'a bar without an end',
    () => barChart({ ...BAR, series: [{ name: 's', values: [1, Infinity] }] }),
    'chart "Satisfaction": point 1 of series "s" is [Infinity]',
  ],
  [
    'error bars with one end',
    () => barChart({ ...BAR, series: [{ name: 's', values: [1, 2], low: [0, 1] }] }),
    'chart "Satisfaction": series "s" has one of low and high',
  ],
  [
    'an upside-down axis',
    () => barChart({ ...BAR, yRange: [1, 0] }),
    'chart "Satisfaction": yRange is [1, 0]',
  ],
  ['no boxes', () => boxChart({ ...BOX, boxes: [] }), 'chart "Latency of URLLC": no box'],
  [
    'a box out of order',
    () => boxChart({ ...BOX, boxes: [{ name: 'b', min: 1, q1: 3, median: 2, q3: 4, max: 5 }] }),
    'chart "Latency of URLLC": box "b" is out of order: 1, 3, 2, 4, 5',
  ],
  ['no panels', () => cdfChart({ ...CDF, panels: [] }), 'chart "Latency by slice": no panel'],
  [
    'a panel without series',
    () => cdfChart({ ...CDF, panels: [{ name: 'eMBB', series: [] }] }),
    'chart "Latency by slice": no series of panel "eMBB"',
  ],
];

describe('half charts', () => {
  const widthOf = (svg: string): number => Number(/width="(\d+)"/.exec(svg)?.[1]);

  it('are narrow', () => {
    expect(widthOf(lineChart({ ...LINE, half: true }))).toBe(440);
    expect(widthOf(cdfChart({ ...CDF, half: true }))).toBe(440);
    expect(widthOf(intervalChart(INTERVALS))).toBe(440);
  });
});

describe('intervals', () => {
  it('have 0 on their axis, and a name for each row', () => {
    const svg = intervalChart(INTERVALS);
    expect(wordsOf(svg)).toEqual(
      expect.arrayContaining(['Delay: b less a', 'difference, ms', 'eMBB', 'URLLC', '0']),
    );
  });

  it('have whole steps on their axis, whatever the bounds', () => {
    const values = [{ row: 'eMBB', mean: -4, low: -75.0716744335121, high: 223.4567891 }];
    const words = wordsOf(intervalChart({ ...INTERVALS, rows: ['eMBB'], series: [{ name: 'b', values }] }));
    expect(words).toEqual(expect.arrayContaining(['-100', '0', '300']));
    expect(words.join()).not.toMatch(/\d\.\d{3}/);
  });

  it('are dots alone where they have no bounds', () => {
    const [one] = INTERVALS.series;
    const values = (one?.values ?? []).map((value) => ({ ...value, low: -Infinity, high: Infinity }));
    const svg = intervalChart({ ...INTERVALS, series: [{ name: 'b', values }] });
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});

it('names the spans of a chart', () => {
  const svg = lineChart({ ...LINE, spans: [{ name: 'surge', from: 20, to: 60 }] });
  expect(wordsOf(svg)).toContain('surge');
});

it('has a logarithmic axis where all values are above 0', () => {
  const panel = (x: number) => [
    { name: '', series: [{ name: 'a', points: [[x, 0] as const, [1_000, 1] as const] }] },
  ];
  const labels = (x: number) => wordsOf(cdfChart({ ...CDF, panels: panel(x), log: true }));
  expect(labels(1)).toEqual(expect.arrayContaining(['1', '10', '100']));
  expect(labels(0)).not.toContain('10');
});

test.each(FAULTS)('a chart with %s is refused', (_, draw, message) => {
  expect(draw).toThrow(message);
});

describe('intervals without bounds', () => {
  it('are left out of a band', () => {
    const points: [number, number][] = [
      [0, 1],
      [1, 2],
    ];
    const band = points.map(([x]): [number, number, number] => [x, -Infinity, Infinity]);
    const series = { name: 's', points };
    expect(lineChart({ ...LINE, series: [{ ...series, band }] })).toBe(
      lineChart({ ...LINE, series: [series] }),
    );
  });

  it('are left out of error bars', () => {
    const series = { name: 's', values: [1, 2] };
    const unbounded = { ...series, low: [-Infinity, -Infinity], high: [Infinity, Infinity] };
    expect(barChart({ ...BAR, series: [unbounded] })).toBe(barChart({ ...BAR, series: [series] }));
  });
});

describe('colours', () => {
  const colours = { 'need + PF': '#123456', eMBB: '#654321' };

  it('of a method are the same in every chart', () => {
    for (const svg of [
      barChart({ ...BAR, colours }),
      boxChart({ ...BOX, colours }),
      cdfChart({ ...CDF, colours }),
    ]) {
      expect(svg).toContain('#123456');
    }
  });

  it('belong to the categories when there is one series', () => {
    const svg = barChart({ ...BAR, series: [{ name: 's', values: [1, 2] }], colours });
    expect(svg).toContain('fill="#654321"');
  });
});

it('makes room for a legend of many rows below the axis', () => {
  const series = Array.from({ length: 12 }, (_, i) => ({
    name: `a method with a rather long name, ${i}`,
    points: [[0, i] as const],
  }));
  const svg = lineChart({ ...LINE, series });
  const bottomOf = (words: string): number => {
    const [, y] = new RegExp(`translate\\([\\d.]+ ([\\d.]+)\\)"[^>]*>${words}`).exec(svg) ?? [];
    return Number(y);
  };
  const height = Number(/height="(\d+)"/.exec(svg)?.[1]);
  expect(bottomOf(series[0]?.name as string)).toBeGreaterThan(bottomOf('Rounds') + 10);
  expect(bottomOf(series[11]?.name as string)).toBeLessThan(height - 10);
});
