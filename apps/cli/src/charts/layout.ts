import { type GridComponentOption, type LegendComponentOption, type TitleComponentOption } from 'echarts';
import { CHART_WIDTH } from './svg.js';
import { textWidthPx } from './text-width.js';

export const TEXT_COLOUR = '#222';
export const FONT_PX = 13;

const TITLE_PX = 16;
const MARGIN_PX = 16;
const LINE_PX = 22;
const INNER_WIDTH_PX = CHART_WIDTH - 2 * MARGIN_PX;
const SYMBOL_PX = 28;
/** Between a symbol and its name, as ECharts has it. */
const SYMBOL_GAP_PX = 5;
/** Between the items of a row, and between rows. */
const ITEM_GAP_PX = 12;
const ITEM_PX = 14;

/** The title above and the legend below a plot, and where the plot lies between them. */
export interface Frame {
  height: number;
  /** The plot with the labels and names of its axes: distances from the chart's edges, in pixels. */
  plot: GridComponentOption & { left: number; right: number; top: number; bottom: number };
  option: { title: TitleComponentOption; legend: LegendComponentOption };
}

/** @param options.legend names of the series to tell apart; none for no legend. */
export function frame(options: { title: string; plotHeight: number; legend: readonly string[] }): Frame {
  const titleWidth = textWidthPx(options.title, { fontPx: TITLE_PX, bold: true });
  // A line that is broken between words may end early.
  const titleLines = Math.ceil((titleWidth * 1.1) / INNER_WIDTH_PX);
  const top = MARGIN_PX + titleLines * LINE_PX + 8;
  const rows = legendRows(options.legend);
  const bottom = MARGIN_PX + (rows > 0 ? rows * (ITEM_PX + ITEM_GAP_PX) : 0);
  return {
    height: top + options.plotHeight + bottom,
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
          width: INNER_WIDTH_PX,
          overflow: 'break',
        },
      },
      legend: legendOption(options.legend),
    },
  };
}

/** How many rows ECharts breaks a legend into. */
function legendRows(names: readonly string[]): number {
  let rows = Math.min(1, names.length);
  let x = 0;
  for (const name of names) {
    const width = SYMBOL_PX + SYMBOL_GAP_PX + textWidthPx(name, { fontPx: FONT_PX });
    if (x > 0 && x + width > INNER_WIDTH_PX) {
      rows += 1;
      x = 0;
    }
    x += width + ITEM_GAP_PX;
  }
  return rows;
}

function legendOption(names: readonly string[]): LegendComponentOption {
  return {
    show: names.length > 0,
    data: [...names],
    left: 'center',
    bottom: MARGIN_PX - 6,
    width: INNER_WIDTH_PX,
    padding: 0,
    itemWidth: SYMBOL_PX,
    itemHeight: 10,
    itemGap: ITEM_GAP_PX,
    textStyle: { color: TEXT_COLOUR, fontSize: FONT_PX, lineHeight: ITEM_PX },
  };
}
