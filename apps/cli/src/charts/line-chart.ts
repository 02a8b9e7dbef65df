import { type CustomSeriesOption, type LineSeriesOption } from 'echarts';
import { numberAxisX, numberAxisY, type Range } from './axes.js';
import { assertNames, assertPoints, assertRange, drawnIntervals } from './chart-checks.js';
import { frame } from './layout.js';
import { coloursOf, type Colours } from './palette.js';
import { renderSvg } from './svg.js';

/** Few points are marked: there something was measured. A dashed line is a level to compare with. */
const MARKED_POINTS_MAX = 20;

/** Room above the plot for the names of spans. */
const SPAN_NAME_PX = 12;

/** A legend whose symbols are lines without the mark of a point. */
export const LINES_ONLY = { itemStyle: { opacity: 0 } };

export interface LineSeries {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
  /** Drawn pale behind the line, such as a 95 % interval; infinite bounds are left out. */
  band?: readonly (readonly [x: number, low: number, high: number])[] | undefined;
  dashed?: boolean | undefined;
}

export interface LineChart {
  title: string;
  /** Names of the axes with their units, such as 'Latency, ms'. */
  xName: string;
  yName: string;
  series: readonly LineSeries[];
  yRange?: Range | undefined;
  /** Whether 0 is on the upright axis, whatever the values. */
  fromZero?: boolean | undefined;
  colours?: Colours | undefined;
  /** Stretches of the level axis, shaded and named. */
  spans?: readonly ChartSpan[] | undefined;
  /** Narrow and low, for two side by side. */
  half?: boolean | undefined;
}

export interface ChartSpan {
  name: string;
  from: number;
  to: number;
}

/** @throws {CliError} when there are no series or points, a name comes twice, or a number can not be drawn */
export function lineChart(chart: LineChart): string {
  const { title, series } = chart;
  const names = series.map(({ name }) => name);
  assertRange(title, chart.yRange);
  assertNames(title, 'series', names);
  for (const { name, points } of series) assertPoints(title, name, points);
  const colours = coloursOf(names, chart.colours);
  const { plot, option, ...size } = frame({ title, plotHeight: 340, legend: names, half: chart.half });
  return renderSvg(size, {
    ...option,
    legend: { ...option.legend, ...LINES_ONLY },
    grid: { ...plot, ...(chart.spans !== undefined && { top: plot.top + SPAN_NAME_PX }) },
    xAxis: numberAxisX({ name: chart.xName }),
    yAxis: numberAxisY({ name: chart.yName, range: chart.yRange, fromZero: chart.fromZero }),
    series: [
      ...series.map((one) =>
        bandSeries(drawnIntervals(title, one.name, one.band ?? []), colours[one.name] as string),
      ),
      ...series.map((one, i) => ({
        ...lineSeries(one, colours[one.name] as string),
        ...(i === 0 && chart.spans !== undefined && { markArea: spanAreas(chart.spans) }),
      })),
    ],
  });
}

export function lineSeries({ name, points, dashed }: LineSeries, colour: string): LineSeriesOption {
  return {
    type: 'line',
    name,
    data: points.map((point) => [...point]),
    color: colour,
    lineStyle: { width: 2, type: dashed ? 'dashed' : 'solid' },
    symbol: points.length > MARKED_POINTS_MAX || dashed ? 'none' : 'circle',
    symbolSize: 6,
  };
}

function spanAreas(spans: readonly ChartSpan[]): NonNullable<LineSeriesOption['markArea']> {
  return {
    silent: true,
    itemStyle: { color: '#888', opacity: 0.13 },
    label: { color: '#555', fontSize: 11, position: 'top' },
    data: spans.map(({ name, from, to }) => [{ name, xAxis: from }, { xAxis: to }]),
  };
}

/** One polygon, drawn in place of the first interval; the others only stretch the axes. */
function bandSeries(
  band: readonly (readonly [x: number, low: number, high: number])[],
  colour: string,
): CustomSeriesOption {
  return {
    type: 'custom',
    data: band.map((interval) => [...interval]),
    encode: { x: 0, y: [1, 2] },
    clip: true,
    silent: true,
    z: 1,
    renderItem: ({ dataIndex }, api) => {
      if (dataIndex > 0) return null;
      const lows = band.map(([x, low]) => api.coord([x, low]));
      const highs = band.map(([x, , high]) => api.coord([x, high]));
      return {
        type: 'polygon',
        shape: { points: [...lows, ...highs.reverse()] },
        style: { fill: colour, opacity: 0.15 },
      };
    },
  };
}
