import { type SliceType } from '@ricochet/ran-types';
import { type Scenario } from '@ricochet/scenario';
import { cdfChart } from '../charts/cdf-chart.js';
import { type HtmlFigure } from '../charts/html-page.js';
import { lineChart, type ChartSpan, type LineChart, type LineSeries } from '../charts/line-chart.js';
import { type Colours } from '../charts/palette.js';
import { meanCdf, meanCurve, type ReportedMethod } from './reported-method.js';
import { watchedCells, type SliceFigures } from './run-figures.js';

const X_NAME = 'Simulation time, s';
const OFFERED = 'offered';
/** More would cover each other. */
const MAX_SPANS = 6;

export interface SliceChartsInput {
  readonly scenario: Scenario;
  readonly methods: readonly ReportedMethod[];
  readonly colours: Colours;
}

type SeriesName = 'offeredMbps' | 'deliveredMbps' | 'delayP99Ms' | 'slaMet' | 'quota' | 'used' | 'wanted';

/** What became of a slice over time, and the distributions of its rates and delays. */
export function sliceCharts(slice: SliceType, input: SliceChartsInput): HtmlFigure[] {
  const { scenario, methods, colours } = input;
  const spans = spansOf(scenario);
  const curve = ({ name, runs }: ReportedMethod, series: SeriesName, title = name): LineSeries =>
    meanCurve(
      title,
      runs.map(({ timesS, slices }) => ({ timesS, values: slices[slice][series] })),
    );
  const byMethod = (series: SeriesName): LineSeries[] => methods.map((method) => curve(method, series));
  const lines = (chart: Omit<LineChart, 'xName' | 'half' | 'spans'>): HtmlFigure[] => {
    const series = chart.series.filter(({ points }) => points.length > 0);
    if (series.length === 0) return [];
    const svg = lineChart({ fromZero: true, ...chart, series, xName: X_NAME, spans, half: true, colours });
    return [{ name: chart.title, svg }];
  };
  const level = (name: string, value: number | undefined): LineSeries[] => {
    let [from, to] = [Infinity, -Infinity];
    for (const { timesS } of methods.flatMap(({ runs }) => runs)) {
      from = Math.min(from, timesS[0] ?? from);
      to = Math.max(to, timesS.at(-1) ?? to);
    }
    if (value === undefined || from > to) return [];
    return [{ name, points: [from, to].map((time) => [time, value] as const), dashed: true }];
  };
  const [first] = methods;
  const offered = first === undefined ? [] : [{ ...curve(first, 'offeredMbps', OFFERED), dashed: true }];
  const where = namesOf(watchedCells(scenario, slice));
  const quotas = methods.flatMap((method) =>
    lines({
      title: `${slice}: quota against demand, ${where}${methods.length > 1 ? `, ${method.name}` : ''}`,
      yName: '% of the PRBs',
      series: [
        curve(method, 'quota', 'quota'),
        curve(method, 'used', 'PRBs used'),
        { ...curve(method, 'wanted', 'demand'), dashed: true },
      ],
    }),
  );
  return [
    ...lines({
      title: `${slice}: rate, all DUs together`,
      yName: 'Mbit/s',
      series: [...offered, ...byMethod('deliveredMbps')],
    }),
    ...quotas,
    ...lines({
      title: `${slice}: 99th percentile of the delay, mean over DUs`,
      yName: 'ms',
      series: [...byMethod('delayP99Ms'), ...level('limit', scenario.sla[slice]?.maxDelayP99Ms)],
    }),
    ...lines({
      title: `${slice}: DUs that meet the SLA`,
      yName: '%',
      series: byMethod('slaMet'),
      yRange: [0, 105],
    }),
    ...distribution(input, {
      title: `${slice}: throughput of the UEs`,
      xName: 'Mean rate, Mbit/s',
      of: ({ slices }) => slices[slice].ueRatesMbps,
    }),
    ...distribution(input, {
      title: `${slice}: 99th percentiles of the delay`,
      xName: 'ms, by DU and 100 ms',
      of: ({ slices }) => slices[slice].delaysMs,
      log: true,
    }),
  ];
}

interface Distribution {
  readonly title: string;
  readonly xName: string;
  readonly of: (run: ReportedMethod['runs'][number]) => SliceFigures['delaysMs'];
  readonly log?: boolean;
}

function distribution({ methods, colours }: SliceChartsInput, what: Distribution): HtmlFigure[] {
  const series = methods
    .map(({ name, runs }) => ({ name, points: meanCdf(runs.map(what.of)) }))
    .filter(({ points }) => points.length > 0);
  if (series.length === 0) return [];
  const { title, xName, log } = what;
  const svg = cdfChart({ title, xName, log, panels: [{ name: '', series }], colours, half: true });
  return [{ name: `${title}, distribution`, svg }];
}

function spansOf({ warmUpMs, events }: Scenario): ChartSpan[] {
  const surges = events.flatMap((event) =>
    event.kind === 'surge'
      ? [{ name: `${event.slice} × ${event.factor}`, from: event.atMs, to: event.atMs + event.durationMs }]
      : [],
  );
  const shown = surges.length > MAX_SPANS ? [] : surges;
  const warmUp = warmUpMs > 0 ? [{ name: '', from: 0, to: warmUpMs }] : [];
  return [...warmUp, ...shown].map(({ name, from, to }) => ({ name, from: from / 1_000, to: to / 1_000 }));
}

function namesOf(cells: readonly number[] | undefined): string {
  return cells === undefined ? 'all DUs' : `DU ${cells.map((cell) => cell + 1).join(', ')}`;
}
