import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '@ricochet/platform';
import { type HtmlTable, htmlPage } from '../charts/html-page.js';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { type ReportSection } from './report-section.js';

/** Writes a report with the results that it is made of (`results.json`), as a page (`report.html`), as Markdown (`report.md`), and its figures (`figures/`). @throws CliError */
export function writeReport(
  folder: string,
  {
    title,
    sections,
    results,
  }: { readonly title: string; readonly sections: readonly ReportSection[]; readonly results: object },
): void {
  try {
    makeFolder(join(folder, 'figures'));
    for (const { figure } of sections) {
      if (figure !== undefined) writeFileSync(join(folder, 'figures', figure.file), figure.svg);
    }
    writeFileSync(join(folder, 'results.json'), JSON.stringify(results));
    const page = sections.map(({ heading, text, table, figure }) => ({
      heading,
      text,
      ...(table !== undefined && { tables: [table] }),
      ...(figure !== undefined && { figures: [{ name: heading, svg: figure.svg }] }),
    }));
    writeFileSync(join(folder, 'report.html'), htmlPage({ title, sections: page }));
    writeFileSync(join(folder, 'report.md'), `# ${title}\n\n${sections.map(markdownOf).join('\n')}`);
  } catch (error) {
    throw new CliError(`--out ${pathFault(error, folder)}`, 1);
  }
}

function markdownOf({ heading, text, table, figure }: ReportSection): string {
  const parts = [
    `## ${heading}`,
    text,
    table && tableOf(table),
    figure && `![${heading}](figures/${figure.file})`,
  ];
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}

function tableOf({ head, rows }: HtmlTable): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
