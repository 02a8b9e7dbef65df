import { createHash } from 'node:crypto';
import { init, setPlatformAPI, type EChartsOption } from 'echarts';
import { textWidthPx } from './text-width.js';

/** Width of a chart, in pixels. */
export const CHART_WIDTH = 760;
/** Of one that stands beside another where there is room, and that a phone shows whole. */
export const HALF_WIDTH = 440;

/** ECharts takes its sizes of text from this. */
setPlatformAPI({
  measureText: (text, font = '') => ({
    width: textWidthPx(text, {
      fontPx: Number.parseFloat(/([\d.]+)px/.exec(font)?.[1] ?? '12'),
      bold: font.includes('bold'),
    }),
  }),
});

/** Draws a chart into one SVG element without script, style sheet, font or link; the same option, the same bytes. */
export function renderSvg(
  { width, height }: { readonly width: number; readonly height: number },
  option: EChartsOption,
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#fff',
      textStyle: { fontFamily: 'sans-serif' },
      ...option,
    });
    return withStableIds(withoutInteraction(chart.renderToSVGString()));
  } finally {
    chart.dispose();
  }
}

/** Leaves out what only serves a pointer in a page with ECharts, and with it class names that count the charts. */
function withoutInteraction(svg: string): string {
  return svg
    .replace(/<style[^>]*>.*?<\/style>\n?/s, '')
    .replace(/ (?:class|pointer-events|ecmeta_\w+|xmlns:xlink|baseProfile)="[^"]*"/g, '');
}

/**
 * ECharts numbers its ids through all charts of a process. Here they come from the picture itself: the same in every
 * run, and not those of another picture in the same page.
 */
function withStableIds(svg: string): string {
  const withPrefix = (prefix: string): string =>
    svg.replace(/( id="| clip-path="url\(#)zr\d+-/g, (_, before: string) => `${before}${prefix}-`);
  return withPrefix(`c${createHash('sha256').update(withPrefix('')).digest('hex').slice(0, 8)}`);
}
