import { type CustomSeriesOption } from 'echarts';
import { numberAxisX } from './axes.js';
import { assertNames, assertPoints, drawnIntervals } from './chart-checks.js';
import { FONT_PX, frame, TEXT_COLOUR } from './layout.js';
import { coloursOf, type Colours } from './palette.js';
import { renderSvg } from './svg.js';

const ROW_PX = 34;
const AXIS_PX = 56;
const CAP_PX = 4;
const DOT_PX = 4.5;
/** Rows are set apart from each other by this part of their height. */
const ROW_GAP = 0.3;

/** A value for each row, with the ends of its interval; infinite ones are left out. */
export interface IntervalSeries {
  name: string;
  values: readonly {
    readonly row: string;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
  }[];
}

/** Level intervals about a line at 0: differences. */
export interface IntervalChart {
  title: string;
  /** Name of the level axis with its unit. */
  xName: string;
  rows: readonly string[];
  series: readonly IntervalSeries[];
  colours?: Colours | undefined;
}

/** Half as wide as other charts. @throws {CliError} when there is nothing to draw, a name comes twice, or a number is NaN */
export function intervalChart(chart: IntervalChart): string {
  const { title, rows, series } = chart;
  const names = series.map(({ name }) => name);
  assertNames(title, 'row', rows);
  assertNames(title, 'series', names);
  for (const { name, values } of series) {
    assertPoints(
      title,
      name,
      values.map(({ mean }) => [mean]),
    );
  }
  const colours = coloursOf(names, chart.colours);
  const { plot, option, ...size } = frame({
    title,
    // What half of it is for.
    plotHeight: (rows.length * Math.max(1, series.length * 0.7) * ROW_PX + AXIS_PX) / 0.65,
    legend: names.length > 1 ? names : [],
    half: true,
  });
  return renderSvg(size, {
    ...option,
    grid: plot,
    xAxis: {
      ...numberAxisX({ name: chart.xName, splitNumber: 4, fromZero: true }),
      splitLine: { show: true, lineStyle: { color: '#e4e4e4' } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...rows],
      axisLabel: { color: TEXT_COLOUR, fontSize: FONT_PX },
      axisTick: { show: false },
      axisLine: { onZero: true, lineStyle: { color: '#222', width: 1.5 } },
    },
    series: series.map((one, index) => intervals(chart, one, { index, colour: colours[one.name] as string })),
  });
}

function intervals(
  { title, rows, series }: IntervalChart,
  { name, values }: IntervalSeries,
  { index, colour }: { readonly index: number; readonly colour: string },
): CustomSeriesOption {
  const bounded = new Set(
    drawnIntervals(
      title,
      name,
      values.map(({ low, high }, i) => [i, low, high] as const),
    ).map(([i]) => i),
  );
  const drawn = values.map(({ row, mean, low, high }, i) =>
    bounded.has(i) ? { row, mean, low, high } : { row, mean, low: mean, high: mean },
  );
  return {
    type: 'custom',
    name,
    color: colour,
    data: drawn.map(({ row, mean, low, high }) => [low, rows.indexOf(row), mean, high]),
    encode: { x: [0, 2, 3], y: 1 },
    silent: true,
    renderItem: (_, api) => {
      const [low = 0, row = 0, mean = 0, high = 0] = [0, 1, 2, 3].map((i) => Number(api.value(i)));
      const [, rowPx = ROW_PX] = api.size?.([0, 1]) as number[];
      const step = (rowPx * (1 - ROW_GAP)) / series.length;
      const [x = 0, middle = 0] = api.coord([mean, row]);
      const [left = 0] = api.coord([low, row]);
      const [right = 0] = api.coord([high, row]);
      const y = middle + (index - (series.length - 1) / 2) * step;
      const [top, bottom] = [y - CAP_PX, y + CAP_PX];
      const pathData = `M${left} ${y}H${right}M${left} ${top}V${bottom}M${right} ${top}V${bottom}`;
      return {
        type: 'group',
        children: [
          { type: 'path', shape: { pathData }, style: { fill: 'none', stroke: colour, lineWidth: 2 } },
          { type: 'circle', shape: { cx: x, cy: y, r: DOT_PX }, style: { fill: colour } },
        ],
      };
    },
  };
}
