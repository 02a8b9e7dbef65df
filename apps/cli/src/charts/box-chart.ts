import { categoryAxisX, numberAxisY, type Range } from './axes.js';
import { assertNames, assertPoints, assertRange, chartFault } from './chart-checks.js';
import { frame } from './layout.js';
import { FIRST_COLOUR, type Colours } from './palette.js';
import { renderSvg } from './svg.js';

/** A box from q1 to q3 with a line at the median; the whiskers reach from min to max. */
export interface Box {
  name: string;
  min: number;
  q1: number;
  median: number;
  q3: number;
  max: number;
}

export interface BoxChart {
  title: string;
  /** Name of the axis with its unit, such as 'Latency, ms'. */
  yName: string;
  boxes: readonly Box[];
  yRange?: Range | undefined;
  /** Of the boxes; the others share one colour. */
  colours?: Colours | undefined;
}

/** @throws {CliError} when there are no boxes, a name comes twice, or a number can not be drawn or is out of order */
export function boxChart(chart: BoxChart): string {
  const { title, boxes } = chart;
  const names = boxes.map(({ name }) => name);
  assertRange(title, chart.yRange);
  assertNames(title, 'box', names);
  const data = boxes.map((box) => {
    const numbers = [box.min, box.q1, box.median, box.q3, box.max];
    assertPoints(title, box.name, [numbers]);
    if (numbers.some((value, i) => value < (numbers[i - 1] ?? value))) {
      throw chartFault(title, `box "${box.name}" is out of order: ${numbers.join(', ')}`);
    }
    return numbers;
  });
  const { axis, extraHeight } = categoryAxisX(names);
  const { plot, option, ...size } = frame({ title, plotHeight: 320 + extraHeight, legend: [] });
  return renderSvg(size, {
    ...option,
    grid: plot,
    xAxis: axis,
    yAxis: numberAxisY({ name: chart.yName, range: chart.yRange }),
    series: [
      {
        type: 'boxplot',
        boxWidth: [12, 48],
        data: data.map((value, i) => {
          const colour = chart.colours?.[names[i] as string] ?? FIRST_COLOUR;
          return { value, itemStyle: { borderColor: colour, borderWidth: 2, color: `${colour}30` } };
        }),
      },
    ],
  });
}
