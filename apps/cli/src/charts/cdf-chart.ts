import { type EChartsOption } from 'echarts';
import { numberAxisX, numberAxisY } from './axes.js';
import { assertNames, assertPoints } from './chart-checks.js';
import { FONT_PX, frame, TEXT_COLOUR } from './layout.js';
import { LINES_ONLY, lineSeries, type LineSeries } from './line-chart.js';
import { coloursOf, type Colours } from './palette.js';
import { renderSvg } from './svg.js';

const Y_LABELS_PX = 56;
const GAP_PX = 40;
const PANEL_NAME_PX = 26;
const X_LABELS_PX = 48;

/** Distributions that share their axes, such as those of one slice. */
export interface CdfPanel {
  name: string;
  series: readonly CdfSeries[];
}

/** Points are [x, P(X ≤ x)]. */
export type CdfSeries = Pick<LineSeries, 'name' | 'points' | 'dashed'>;

export interface CdfChart {
  title: string;
  /** What is distributed, with its unit, such as 'Latency, ms'. */
  xName: string;
  /** Side by side; a name that comes in several has the same colour in all. */
  panels: readonly CdfPanel[];
  colours?: Colours | undefined;
  /** A logarithmic level axis, where all values are above 0. */
  log?: boolean | undefined;
  half?: boolean | undefined;
}

/** @throws {CliError} when there are no panels, series or points, a name comes twice, or a number can not be drawn */
export function cdfChart(chart: CdfChart): string {
  const { title, panels } = chart;
  assertNames(
    title,
    'panel',
    panels.map(({ name }) => name),
  );
  for (const panel of panels) {
    assertNames(
      title,
      `series of panel "${panel.name}"`,
      panel.series.map(({ name }) => name),
    );
    for (const { name, points } of panel.series) assertPoints(title, `${panel.name}, ${name}`, points);
  }
  const names = [...new Set(panels.flatMap(({ series }) => series.map(({ name }) => name)))];
  const colours = coloursOf(names, chart.colours);
  const { plot, option, ...size } = frame({ title, plotHeight: 320, legend: names, half: chart.half });
  const left = plot.left + Y_LABELS_PX;
  const step = (size.width - left - plot.right + GAP_PX) / panels.length;
  const leftOf = (panel: number): number => left + panel * step;
  const width = step - GAP_PX;
  const log = chart.log && panels.every(({ series }) => series.every(isAboveZero));
  return renderSvg(size, {
    ...option,
    legend: { ...option.legend, ...LINES_ONLY },
    title: [
      option.title,
      ...panels.map(({ name }, i) => text(name, leftOf(i) + width / 2, { top: plot.top })),
      text(chart.xName, left + (panels.length * step - GAP_PX) / 2, { bottom: plot.bottom }),
    ],
    grid: panels.map((_, i) => ({
      left: leftOf(i),
      width,
      top: plot.top + PANEL_NAME_PX,
      bottom: plot.bottom + X_LABELS_PX,
      outerBoundsMode: 'none',
    })),
    xAxis: panels.map((_, gridIndex) => ({ ...numberAxisX({ splitNumber: 3, log }), gridIndex })),
    yAxis: panels.map((_, gridIndex) => ({
      ...numberAxisY({ name: gridIndex === 0 ? 'Cumulative probability' : '', range: [0, 1] }),
      nameGap: 38,
      gridIndex,
      ...(gridIndex > 0 && { axisLabel: { show: false } }),
    })),
    series: panels.flatMap(({ series }, i) =>
      series.map((one) => ({
        ...lineSeries(one, colours[one.name] as string),
        symbol: 'none',
        xAxisIndex: i,
        yAxisIndex: i,
      })),
    ),
  });
}

const isAboveZero = ({ points }: CdfSeries): boolean => points.every(([x]) => x > 0);

type Title = Extract<EChartsOption['title'], unknown[]>[number];

/** A line of text with its middle at `middle`. */
function text(words: string, middle: number, place: { top: number } | { bottom: number }): Title {
  return {
    text: words,
    left: middle,
    textAlign: 'center',
    padding: 0,
    ...place,
    textStyle: { color: TEXT_COLOUR, fontSize: FONT_PX, fontWeight: 'normal' },
  };
}
