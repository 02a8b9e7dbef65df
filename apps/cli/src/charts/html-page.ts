import { CliError } from '../cli.error.js';
import { FIGURE_SCRIPT } from './figure-script.js';
import { CHART_WIDTH } from './svg.js';

export interface HtmlSection {
  heading: string;
  /** Plain text; its line breaks are kept. */
  text?: string | undefined;
  figures?: readonly HtmlFigure[] | undefined;
  tables?: readonly HtmlTable[] | undefined;
}

export interface HtmlFigure {
  /** What the figure shows, for those who do not see it, and for the names of files that it is saved as. */
  name: string;
  /** As the charts of this folder are drawn; goes into the page as it is. */
  svg: string;
}

/** Plain text; the first column is to the left, the others to the right. */
export interface HtmlTable {
  caption?: string | undefined;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** Good news or bad, by row; told by the words, too. */
  tones?: readonly (Tone | undefined)[] | undefined;
}

export type Tone = 'good' | 'bad';

export interface HtmlPage {
  title: string;
  sections: readonly HtmlSection[];
}

/**
 * Figures that are half as wide stand side by side where there is room. What is wider than a phone scrolls by itself, so that
 * its text stays readable; tables first break their cells there. Figures are drawn on white: in the dark they are turned over, hues as they were.
 */
const STYLE = `
:root { color-scheme: light dark; --text: #222; --page: #fff; --line: #ddd; --strong: #888; --good: #0a6b3d; --bad: #b3261e }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e4e4; --page: #161616; --line: #3a3a3a; --strong: #888; --good: #6fd39b; --bad: #ff9d94 }
  figure svg { filter: invert(.915) hue-rotate(180deg) }
}
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; font: 1rem/1.5 sans-serif; color: var(--text); background: var(--page) }
h1 { font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere }
p { white-space: pre-line; overflow-wrap: anywhere }
figure, .table { margin: 1rem 0; overflow-x: auto }
.figures { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)) }
.figures figure { margin: 0; min-width: 0 }
figure svg { display: block; width: 100%; max-width: 36rem; height: auto }
figure:has(svg[width="${CHART_WIDTH}"]) { grid-column: 1 / -1 }
figure svg[width="${CHART_WIDTH}"] { min-width: 35rem; max-width: ${CHART_WIDTH}px }
figcaption { display: flex; gap: .5rem; justify-content: flex-end; max-width: 36rem }
button { padding: .3rem .8rem; font: inherit; font-size: .8rem; color: inherit; background: none; border: 1px solid var(--strong); border-radius: .3rem; cursor: pointer }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
h3 { font-size: 1rem; margin: 1.5rem 0 0 }
th, td { padding: .3rem .75rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap }
th:first-child, td:first-child { position: sticky; left: 0; text-align: left; padding-left: 0; white-space: normal; min-width: 8rem; background: var(--page) }
@media (max-width: 40rem) {
  table { font-size: .75rem }
  th, td { padding: .25rem .3rem; white-space: normal }
  th:first-child, td:first-child { min-width: 5rem }
}
thead th { border-bottom: 2px solid var(--strong) }
.good td:last-child { color: var(--good); font-weight: bold }
.bad td:last-child { color: var(--bad); font-weight: bold }
`;

/**
 * One HTML file that needs nothing else: no file, no font, and no script but its own, which saves figures.
 *
 * @throws {CliError} when a row of a table is not as long as its head
 */
export function htmlPage({ title, sections }: HtmlPage): string {
  const hasFigures = sections.some(({ figures = [] }) => figures.length > 0);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${sections.map(sectionHtml).join('\n')}
</main>
${hasFigures ? `<script>${FIGURE_SCRIPT}</script>\n` : ''}</body>
</html>
`;
}

function sectionHtml({ heading, text, figures = [], tables = [] }: HtmlSection): string {
  return [
    '<section>',
    `<h2>${escaped(heading)}</h2>`,
    ...(text === undefined ? [] : [`<p>${escaped(text)}</p>`]),
    ...(figures.length === 0 ? [] : [`<div class="figures">${figures.map(figureHtml).join('\n')}</div>`]),
    ...tables.map((table) => tableHtml(table, heading)),
    '</section>',
  ].join('\n');
}

function figureHtml({ name, svg }: HtmlFigure): string {
  return `<figure data-name="${escaped(name)}"><div role="img" aria-label="${escaped(name)}">${svg}</div></figure>`;
}

function tableHtml({ caption, head, rows, tones = [] }: HtmlTable, heading: string): string {
  const odd = rows.findIndex((row) => row.length !== head.length);
  if (odd >= 0) {
    throw new CliError(
      `table of "${heading}": row ${odd} has ${rows[odd]?.length} cells for ${head.length} columns`,
      1,
    );
  }
  const line = (cells: readonly string[], tag: 'th' | 'td', tone?: Tone): string =>
    `<tr${tone === undefined ? '' : ` class="${tone}"`}>${cells.map((cell) => `<${tag}>${escaped(unbroken(cell))}</${tag}>`).join('')}</tr>`;
  const body = rows.map((row, i) => line(row, 'td', tones[i]));
  return [
    ...(caption === undefined ? [] : [`<h3>${escaped(caption)}</h3>`]),
    '<div class="table" tabindex="0"><table>',
    `<thead>${line(head, 'th')}</thead>`,
    `<tbody>${body.join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n');
}

/** What a narrow cell is not broken at: `± 0.4`, `of 3`, `97 %`, `12 s`. */
const unbroken = (cell: string): string => cell.replace(/(?<=±|of) | (?=[%s]$)/g, '\u00a0');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
