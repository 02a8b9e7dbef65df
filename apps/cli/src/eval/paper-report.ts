import { type PaperResults } from './paper-evaluation.js';
import { paperFigures } from './paper-figures.js';
import {
  aimTable,
  extendedTable,
  familyTable,
  mainTable,
  ruleTable,
  sizeTable,
  weightingTable,
} from './paper-tables.js';
import { writeReport } from './write-report.js';

/** Writes `report.html`, `report.md`, `figures/` and `results.json`. @throws CliError */
export function writePaperReport(
  folder: string,
  results: PaperResults,
  { title, made }: { readonly title: string; readonly made: string },
): void {
  const tables = [mainTable, familyTable, ruleTable, sizeTable, weightingTable, extendedTable, aimTable];
  writeReport(folder, {
    title,
    results,
    sections: [
      { heading: 'How this was made', text: made },
      ...tables.map((table) => table(results)),
      ...paperFigures(results),
    ],
  });
}
