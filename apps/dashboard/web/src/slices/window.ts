import { type Frame } from '../../../src/feed/frame.js';
import { page } from '../view/page.js';
import { type ChartData } from './chart.js';

/** Where the moment that was chosen stands in the charts. */
const PLACE_OF_MOMENT = 0.7;
/** More points than a chart has pixels are only work. */
const MOST_POINTS = 600;

type Framed = Pick<ChartData, 'xs' | 'fromS' | 'toS' | 'marks'> & { readonly frames: readonly Frame[] };

/** The frames that charts show now, and the axis for them. */
export function chartWindow(): Framed {
  const { store, view } = page;
  const lastMs = store.frames.last?.timeMs ?? 0;
  const spanMs = view.spanS * 1_000;
  const endMs = view.atMs === null ? lastMs : Math.min(lastMs, view.atMs + (1 - PLACE_OF_MOMENT) * spanMs);
  const toMs = Math.max(endMs, spanMs);
  const fromMs = toMs - spanMs;
  const all = store.frames.within(fromMs, toMs);
  const every = Math.ceil(all.length / MOST_POINTS);
  // Of the same frames every time, or the lines would tremble.
  const frames = every > 1 ? all.filter(({ index }) => index % every < 1) : all;
  const marks = store.log
    .filter(({ kind, timeMs }) => kind === 'event' && timeMs !== null && timeMs >= fromMs && timeMs <= toMs)
    .map(({ timeMs }) => (timeMs ?? 0) / 1_000);
  return {
    frames,
    xs: frames.map(({ timeMs }) => timeMs / 1_000),
    fromS: fromMs / 1_000,
    toS: toMs / 1_000,
    marks,
  };
}

/** Spans in which a value is below 1. */
export function spansBelow(xs: readonly number[], values: readonly (number | null)[]): [number, number][] {
  const spans: [number, number][] = [];
  values.forEach((value, i) => {
    const atS = xs[i] as number;
    const fromS = i === 0 ? atS : (xs[i - 1] as number);
    if (value === null || value >= 1) return;
    const open = spans[spans.length - 1];
    if (open !== undefined && open[1] >= fromS) open[1] = atS;
    else spans.push([fromS, atS]);
  });
  return spans;
}
