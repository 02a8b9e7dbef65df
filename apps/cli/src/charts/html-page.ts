import { CliError } from '../cli.error.js';

export interface HtmlSection {
  heading: string;
  /** Plain text; its line breaks are kept. */
  text?: string | undefined;
  /** As the charts of this folder are drawn; goes into the page as it is. */
  svg?: string | undefined;
  /** Plain text; the first column is to the left, the others to the right. */
  table?: HtmlTable | undefined;
}

export interface HtmlTable {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

export interface HtmlPage {
  title: string;
  sections: readonly HtmlSection[];
}

/** Charts and tables that are wider than a phone scroll by themselves, so that their text stays readable. */
const STYLE = `
:root { color-scheme: light }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; font: 1rem/1.5 sans-serif; color: #222; background: #fff }
h1 { font-size: 1.6rem; line-height: 1.25 }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem }
p { white-space: pre-line; overflow-wrap: anywhere }
figure, .table { margin: 1rem 0; overflow-x: auto }
figure svg { display: block; width: 100%; min-width: 35rem; max-width: 760px; height: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: .3rem .75rem; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap }
th:first-child, td:first-child { text-align: left; padding-left: 0 }
thead th { border-bottom: 2px solid #888 }
`;

/**
 * One HTML file that needs nothing else: no script, no link, no font.
 *
 * @throws {CliError} when a row of a table is not as long as its head
 */
export function htmlPage({ title, sections }: HtmlPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${sections.map(sectionHtml).join('\n')}
</body>
</html>
`;
}

function sectionHtml({ heading, text, svg, table }: HtmlSection): string {
  return [
    '<section>',
    `<h2>${escaped(heading)}</h2>`,
    ...(text === undefined ? [] : [`<p>${escaped(text)}</p>`]),
    ...(svg === undefined ? [] : [`<figure>${svg}</figure>`]),
    ...(table === undefined ? [] : [tableHtml(table, heading)]),
    '</section>',
  ].join('\n');
}

function tableHtml({ head, rows }: HtmlTable, heading: string): string {
  const odd = rows.findIndex((row) => row.length !== head.length);
  if (odd >= 0) {
    throw new CliError(
      `table of "${heading}": row ${odd} has ${rows[odd]?.length} cells for ${head.length} columns`,
      1,
    );
  }
  const line = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return [
    '<div class="table"><table>',
    `<thead>${line(head, 'th')}</thead>`,
    `<tbody>${rows.map((row) => line(row, 'td')).join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n');
}

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
