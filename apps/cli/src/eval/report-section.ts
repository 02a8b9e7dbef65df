import { type HtmlTable } from '../charts/html-page.js';

/** A part of a report: for a page and for Markdown. */
export interface ReportSection {
  readonly heading: string;
  readonly text?: string;
  readonly table?: HtmlTable;
  /** A figure and the name of its file. */
  readonly figure?: { readonly file: string; readonly svg: string };
}

/** `0.931 ± 0.011` */
export function plusMinus({
  mean,
  halfWidth,
}: {
  readonly mean: number;
  readonly halfWidth: number;
}): string {
  return Number.isFinite(halfWidth) ? `${mean.toFixed(3)} ± ${halfWidth.toFixed(3)}` : mean.toFixed(3);
}

/** `+0.012 ± 0.004` */
export function signed(difference: { readonly mean: number; readonly halfWidth: number }): string {
  return `${difference.mean < 0 ? '−' : '+'}${plusMinus({ ...difference, mean: Math.abs(difference.mean) })}`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
