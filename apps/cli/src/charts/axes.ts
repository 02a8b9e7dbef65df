import { type XAXisComponentOption, type YAXisComponentOption } from 'echarts';
import { FONT_PX, TEXT_COLOUR } from './layout.js';
import { textWidthPx } from './text-width.js';

/** What the labels of the upright axis leave. */
const PLOT_WIDTH_PX = 650;
/** A longer name would reach beyond the upright axis. */
const NAME_HEIGHT_MAX_PX = 300;
const SLANT_DEGREES = 30;

const LABEL = { color: TEXT_COLOUR, fontSize: FONT_PX } as const;
const LINE = { lineStyle: { color: '#666' } } as const;
const NAME = {
  nameLocation: 'middle',
  nameTextStyle: LABEL,
  nameGap: 10,
} as const;

/** Lowest and highest value of an axis. */
export type Range = readonly [low: number, high: number];

/** An upright axis of numbers, over the data or over `range`; `fromZero` when lengths are to be compared. */
export function numberAxisY(options: {
  name: string;
  range?: Range | undefined;
  fromZero?: boolean | undefined;
}): YAXisComponentOption {
  return {
    type: 'value',
    name: options.name,
    nameTruncate: { maxWidth: NAME_HEIGHT_MAX_PX, ellipsis: '…' },
    ...NAME,
    scale: !options.fromZero,
    ...(options.range && { min: options.range[0], max: options.range[1] }),
    axisLabel: LABEL,
    axisLine: { show: true, ...LINE },
    splitLine: { lineStyle: { color: '#e4e4e4' } },
  };
}

/** A level axis of numbers, over the data; `fromZero`: and 0, to whole steps on both sides. */
export function numberAxisX(options: {
  name?: string;
  splitNumber?: number;
  log?: boolean | undefined;
  fromZero?: boolean;
}): XAXisComponentOption {
  return {
    type: options.log ? 'log' : 'value',
    ...(options.name !== undefined && { name: options.name }),
    ...NAME,
    scale: !options.fromZero,
    ...(options.splitNumber !== undefined && { splitNumber: options.splitNumber }),
    axisLabel: { ...LABEL, hideOverlap: true },
    axisLine: { onZero: false, ...LINE },
    splitLine: { show: false },
  };
}

/**
 * A level axis of names, slanted when they are too long to stand side by side.
 *
 * @returns the axis, and how much higher the plot has to be for slanted names, in pixels.
 */
export function categoryAxisX(names: readonly string[]): { axis: XAXisComponentOption; extraHeight: number } {
  const widest = Math.max(...names.map((name) => textWidthPx(name, { fontPx: FONT_PX })));
  const slanted = widest > PLOT_WIDTH_PX / names.length - 6;
  return {
    axis: {
      type: 'category',
      data: [...names],
      axisLabel: { ...LABEL, interval: 0, ...(slanted && { rotate: SLANT_DEGREES }) },
      axisLine: { onZero: false, ...LINE },
      axisTick: { show: false },
    },
    extraHeight: slanted ? Math.ceil(widest * Math.sin((SLANT_DEGREES * Math.PI) / 180)) : 0,
  };
}
