import { type GridComponentOption, type LegendComponentOption, type TitleComponentOption } from 'echarts';
import { CHART_WIDTH, HALF_WIDTH } from './svg.js';
import { textWidthPx } from './text-width.js';

export const TEXT_COLOUR = '#222';
export const FONT_PX = 13;

const TITLE_PX = 16;
const MARGIN_PX = 16;
const LINE_PX = 22;
const SYMBOL_PX = 28;
/** Between a symbol and its name, as ECharts has it. */
const SYMBOL_GAP_PX = 5;
/** Between the items of a row, and between rows. */
const ITEM_GAP_PX = 12;
const ITEM_PX = 14;
/** Height of the plot of a half chart over that of a whole one. */
const HALF_HEIGHT = 0.65;

/** The title above and the legend below a plot, and where the plot lies between them. */
export interface Frame {
  width: number;
  height: number;
  /** The plot with the labels and names of its axes: distances from the chart's edges, in pixels. */
  plot: GridComponentOption & { left: number; right: number; top: number; bottom: number };
  option: { title: TitleComponentOption; legend: LegendComponentOption };
}

/** @param options.legend names of the series to tell apart; none for no legend. */
export function frame(options: {
  title: string;
  /** Of a whole chart. */
  plotHeight: number;
  legend: readonly string[];
  half?: boolean | undefined;
}): Frame {
  const width = options.half ? HALF_WIDTH : CHART_WIDTH;
  const innerWidth = width - 2 * MARGIN_PX;
  const titleWidth = textWidthPx(options.title, { fontPx: TITLE_PX, bold: true });
  // A line that is broken between words may end early.
  const titleLines = Math.ceil((titleWidth * 1.1) / innerWidth);
  const top = MARGIN_PX + titleLines * LINE_PX + 8;
  const rows = legendRows(options.legend, innerWidth);
  const bottom = MARGIN_PX + (rows > 0 ? rows * (ITEM_PX + ITEM_GAP_PX) : 0);
  return {
    width,
    height: top + Math.round(options.plotHeight * (options.half ? HALF_HEIGHT : 1)) + bottom,
    plot: { left: MARGIN_PX, right: MARGIN_PX + 8, top, bottom, outerBoundsMode: 'same' },
    option: {
      title: {
        text: options.title,
        left: MARGIN_PX,
        top: MARGIN_PX - 6,
        padding: 0,
        textStyle: {
          color: TEXT_COLOUR,
          fontSize: TITLE_PX,
          lineHeight: LINE_PX,
          width: innerWidth,
          overflow: 'break',
        },
      },
      legend: legendOption(options.legend, innerWidth),
    },
  };
}

/** How many rows ECharts breaks a legend into. */
function legendRows(names: readonly string[], innerWidth: number): number {
  let rows = Math.min(1, names.length);
  let x = 0;
  for (const name of names) {
    const width = SYMBOL_PX + SYMBOL_GAP_PX + textWidthPx(name, { fontPx: FONT_PX });
    if (x > 0 && x + width > innerWidth) {
      rows += 1;
      x = 0;
    }
    x += width + ITEM_GAP_PX;
  }
  return rows;
}

function legendOption(names: readonly string[], innerWidth: number): LegendComponentOption {
  return {
    show: names.length > 0,
    data: [...names],
    left: 'center',
    bottom: MARGIN_PX - 6,
    width: innerWidth,
    padding: 0,
    itemWidth: SYMBOL_PX,
    itemHeight: 10,
    itemGap: ITEM_GAP_PX,
    textStyle: { color: TEXT_COLOUR, fontSize: FONT_PX, lineHeight: ITEM_PX },
  };
}
