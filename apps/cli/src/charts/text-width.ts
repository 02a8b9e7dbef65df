/** Widths of letters in a wide sans-serif font (DejaVu, Verdana), in parts of the font's size. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ .,:;'|!ijl]/, 0.34],
  [/[frt()[\]/-]/, 0.42],
  [/[mwMW%@]/, 0.98],
  [/[A-Z+=<>±×~]/, 0.75],
  // ECharts takes the height of a line from the width of 国.
  [/[\u2e80-\uffff]/, 1],
];
const OTHER_WIDTH = 0.63;
const BOLD = 1.12;

/**
 * The most that a line of text is likely to take, in pixels. The font is chosen where the picture is shown, so it can
 * not be measured here.
 */
export function textWidthPx(
  text: string,
  { fontPx, bold = false }: { fontPx: number; bold?: boolean },
): number {
  let widths = 0;
  for (const letter of text) {
    widths += WIDTHS.find(([letters]) => letters.test(letter))?.[1] ?? OTHER_WIDTH;
  }
  return widths * fontPx * (bold ? BOLD : 1);
}
