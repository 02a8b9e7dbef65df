import { type BarSeriesOption, type CustomSeriesOption } from 'echarts';
import { categoryAxisX, numberAxisY, type Range } from './axes.js';
import { assertNames, assertPoints, assertRange, chartFault, drawnIntervals } from './chart-checks.js';
import { frame } from './layout.js';
import { coloursOf, type Colours } from './palette.js';
import { renderSvg } from './svg.js';

const BAR_LAYOUT = { barGap: '8%', barCategoryGap: '25%', barMaxWidth: 60 } as const;
const CAP_WIDTH_MAX_PX = 10;
const ERROR_LINES = [
  { stroke: '#fff', lineWidth: 4 },
  { stroke: '#222', lineWidth: 1.5 },
];

export interface BarSeries {
  name: string;
  /** A value for each category. */
  values: readonly number[];
  /** Ends of the error bars for each category; infinite ones are left out. */
  low?: readonly number[] | undefined;
  high?: readonly number[] | undefined;
}

export interface BarChart {
  title: string;
  /** Name of the axis with its unit, such as 'Latency, ms'. */
  yName: string;
  categories: readonly string[];
  series: readonly BarSeries[];
  /** From 0 when left out. */
  yRange?: Range | undefined;
  /** Of the series or, when there is only one, of the categories. */
  colours?: Colours | undefined;
}

/** @throws {CliError} when there is nothing to draw, a name comes twice, or values are missing or can not be drawn */
export function barChart(chart: BarChart): string {
  const { title, categories, series } = chart;
  const names = series.map(({ name }) => name);
  assertRange(title, chart.yRange);
  assertNames(title, 'category', categories);
  assertNames(title, 'series', names);
  const errors = series.map((one) => errorsOf(chart, one));
  const colours = coloursOf(names, chart.colours);
  const barColour = (name: string, category: string): string =>
    (names.length === 1 ? chart.colours?.[category] : undefined) ?? (colours[name] as string);
  const { axis, extraHeight } = categoryAxisX(categories);
  const { plot, option, ...size } = frame({
    title,
    plotHeight: 320 + extraHeight,
    legend: names.length > 1 ? names : [],
  });
  return renderSvg(size, {
    ...option,
    grid: plot,
    xAxis: axis,
    yAxis: numberAxisY({ name: chart.yName, range: chart.yRange, fromZero: true }),
    series: [
      ...series.map(({ name, values }): BarSeriesOption => ({
        type: 'bar',
        name,
        ...BAR_LAYOUT,
        color: colours[name] as string,
        data: values.map((value, i) => ({
          value,
          itemStyle: { color: barColour(name, categories[i] as string) },
        })),
      })),
      ...errors.map((intervals, i) => errorSeries(intervals, { index: i, count: series.length })),
    ],
  });
}

/** The error bars of a series as [category, low, high]. */
function errorsOf({ title, categories }: BarChart, { name, values, low, high }: BarSeries): Interval[] {
  for (const [what, numbers] of Object.entries({ values, low, high })) {
    if (numbers !== undefined && numbers.length !== categories.length) {
      throw chartFault(
        title,
        `series "${name}" has ${numbers.length} ${what} for ${categories.length} categories`,
      );
    }
  }
  assertPoints(
    title,
    name,
    values.map((value) => [value]),
  );
  if (low === undefined && high === undefined) return [];
  if (low === undefined || high === undefined) {
    throw chartFault(title, `series "${name}" has one of low and high`);
  }
  return drawnIntervals(
    title,
    name,
    low.map((value, i) => [i, value, high[i] as number] as const),
  );
}

type Interval = readonly [category: number, low: number, high: number];

/** Upright lines with caps, over the bars of the series that is the `index`th of `count`. */
function errorSeries(
  intervals: readonly Interval[],
  { index, count }: { index: number; count: number },
): CustomSeriesOption {
  return {
    type: 'custom',
    data: intervals.map((interval) => [...interval]),
    encode: { x: 0, y: [1, 2] },
    clip: true,
    silent: true,
    z: 10,
    renderItem: ({ dataIndex }, api) => {
      const [category, low, high] = intervals[dataIndex] as Interval;
      const bar = api.barLayout({ ...BAR_LAYOUT, count })?.[index] ?? { offsetCenter: 0, width: 0 };
      const [x = 0, yLow = 0] = api.coord([category, low]);
      const [, yHigh = 0] = api.coord([category, high]);
      const middle = x + bar.offsetCenter;
      const reach = Math.min(CAP_WIDTH_MAX_PX, bar.width * 0.6) / 2;
      const [left, right] = [middle - reach, middle + reach];
      const pathData = `M${middle} ${yLow}V${yHigh}M${left} ${yLow}H${right}M${left} ${yHigh}H${right}`;
      // White around the lines shows them on dark bars too.
      const children = ERROR_LINES.map((line) => ({
        type: 'path' as const,
        shape: { pathData },
        style: { fill: 'none', ...line },
      }));
      return { type: 'group', children };
    },
  };
}
