import uPlot from 'uplot';
import { useEffect, useRef } from 'preact/hooks';
import { colour } from '../view/theme.js';
import { onNews, page } from '../view/page.js';
import { clock } from '../data/format.js';

export interface Line {
  readonly label: string;
  /** Name of a colour of the style sheet. */
  readonly colour: string;
  readonly dashed?: boolean;
  readonly filled?: boolean;
  readonly stepped?: boolean;
}

/** What a chart shows: seconds, and a list a line. */
export interface ChartData {
  readonly xs: readonly number[];
  readonly lines: readonly (readonly (number | null)[])[];
  /** Spans, in seconds, that are shaded: something was amiss. */
  readonly shaded: readonly (readonly [number, number])[];
  /** Moments that are marked, in seconds. */
  readonly marks: readonly number[];
  /** What the axis spans, in seconds. */
  readonly fromS: number;
  readonly toS: number;
}

interface ChartProps {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
  /** Called whenever it is drawn. */
  readonly read: () => ChartData;
  /** Least that the y axis spans. */
  readonly atLeast: number;
  /** A value that is not to be crossed. */
  readonly limit?: number | undefined;
  /** The y axis is logarithmic, from {@link LOG_FROM} on. */
  readonly isLog?: boolean;
  readonly periodMs?: number;
  readonly heightPx?: number;
  readonly format: (value: number | null | undefined) => string;
}

const HEIGHT_PX = 104;
/** Where logarithmic axes begin. */
const LOG_FROM = 0.5;
const CURSORS = uPlot.sync('time');

/** A line chart over simulation time, with the values under the cursor, or the latest, in its caption. */
export function Chart(props: ChartProps) {
  const { title, unit, lines, periodMs = 250, heightPx = HEIGHT_PX } = props;
  const host = useRef<HTMLDivElement>(null);
  const values = useRef<(HTMLElement | null)[]>([]);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    let data: ChartData = { xs: [], lines: [], shaded: [], marks: [], fromS: 0, toS: 1 };
    const tell = (plot: uPlot): void => {
      const at = plot.cursor.idx ?? shownIndex(data.xs);
      latest.current.lines.forEach((_, i) => {
        const series = data.lines[i] ?? [];
        const value = series[at];
        const text = latest.current.format(value);
        const target = values.current[i];
        if (target && target.textContent !== text) target.textContent = text;
      });
    };
    const plot = new uPlot(
      optionsOf(latest.current, {
        width: element.clientWidth,
        heightPx,
        data: () => data,
        limit: () => latest.current.limit,
        tell,
      }),
      [[], ...lines.map(() => [])],
      element,
    );
    const draw = (): void => {
      data = latest.current.read();
      plot.setData([data.xs as number[], ...(data.lines as (number | null)[][])], true);
      tell(plot);
    };
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: heightPx }));
    resized.observe(element);
    const stop = onNews(periodMs, draw);
    const repaint = (): void => plot.redraw(false, true);
    addEventListener('themechange', repaint);
    draw();
    return () => {
      stop();
      removeEventListener('themechange', repaint);
      resized.disconnect();
      plot.destroy();
    };
  }, [title, heightPx]);

  return (
    <figure class="chart">
      <figcaption>
        <span class="chart-title">
          {title} <small>{unit}</small>
        </span>
        {lines.map(({ label, colour: name, dashed }, i) => (
          <span class="key" key={label}>
            <i class={`swatch line-${name}${dashed ? ' dashed' : ''}`} />
            {label} <b ref={(element) => void (values.current[i] = element)} />
          </span>
        ))}
      </figcaption>
      <div class="plot" ref={host} aria-hidden="true" />
    </figure>
  );
}

/** Of the moment that was chosen, or of the latest. */
function shownIndex(xs: readonly number[]): number {
  const { atMs } = page.view;
  return atMs === null ? xs.length - 1 : xs.findLastIndex((x) => x <= atMs / 1_000);
}

/** The default of logarithmic axes has too many. */
function powersOfTen(_: uPlot, __: number, min: number, max: number): number[] {
  const splits: number[] = [];
  for (let power = Math.ceil(Math.log10(min)); 10 ** power <= max; power++) splits.push(10 ** power);
  return splits;
}

interface Hooks {
  readonly width: number;
  readonly heightPx: number;
  readonly data: () => ChartData;
  readonly limit: () => number | undefined;
  readonly tell: (plot: uPlot) => void;
}

function optionsOf(props: ChartProps, { width, heightPx, data, limit, tell }: Hooks): uPlot.Options {
  const axis: uPlot.Axis = {
    stroke: () => colour('muted'),
    font: '10px system-ui, sans-serif',
    grid: { stroke: () => colour('line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: Math.max(width, 50),
    height: heightPx,
    legend: { show: false },
    cursor: {
      sync: { key: CURSORS.key },
      drag: { x: false, y: false },
      points: { size: 5 },
      y: false,
    },
    padding: [6, 12, 0, 0],
    scales: {
      x: { time: false, range: () => [data().fromS, data().toS] },
      y: props.isLog
        ? { distr: 3, range: (_, __, max) => [LOG_FROM, Math.max(props.atLeast, (max ?? 0) * 1.5)] }
        : { range: (_, __, max) => [0, Math.max(props.atLeast, (max ?? 0) * 1.08)] },
    },
    axes: [
      {
        ...axis,
        size: 18,
        gap: 2,
        space: 60,
        values: (_, ticks) => ticks.map((s) => clock(s * 1000).replace(/\.0$/, '')),
      },
      { ...axis, size: 36, gap: 3, space: 24, ...(props.isLog && { splits: powersOfTen }) },
    ],
    series: [
      {},
      ...props.lines.map(({ label, colour: name, dashed, filled, stepped }): uPlot.Series => ({
        label,
        stroke: () => colour(name),
        width: 1.5,
        points: { show: false },
        spanGaps: false,
        ...(dashed && { dash: [4, 3] }),
        ...(filled && { fill: () => `color-mix(in srgb, ${colour(name)} 14%, transparent)` }),
        ...(stepped && uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: -1 }) }),
      })),
    ],
    hooks: {
      drawClear: [(plot) => drawBehind(plot, data())],
      draw: [(plot) => drawLimit(plot, limit())],
      setCursor: [tell],
    },
  };
}

function drawBehind(plot: uPlot, { shaded, marks }: ChartData): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = colour('shade');
  for (const [fromS, toS] of shaded) {
    const left = plot.valToPos(fromS, 'x', true);
    ctx.fillRect(left, bbox.top, Math.max(1, plot.valToPos(toS, 'x', true) - left), bbox.height);
  }
  ctx.fillStyle = colour('mark');
  for (const atS of marks)
    ctx.fillRect(plot.valToPos(atS, 'x', true), bbox.top, devicePixelRatio, bbox.height);
  if (page.view.atMs !== null) {
    ctx.fillStyle = colour('accent');
    ctx.fillRect(plot.valToPos(page.view.atMs / 1000, 'x', true) - 1, bbox.top, 2, bbox.height);
  }
  ctx.restore();
}

function drawLimit(plot: uPlot, limit: number | undefined): void {
  if (limit === undefined) return;
  const { ctx, bbox } = plot;
  const y = plot.valToPos(limit, 'y', true);
  if (y < bbox.top) return;
  ctx.save();
  ctx.strokeStyle = colour('bad');
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
