import { join } from 'node:path';
import { versions } from '../versions.js';
import { writeWhole } from '../write-whole.js';
import { REPORT_FILE } from './report-file.js';
import { type ReportInput } from './report-page.js';

/** Writes `report.html` into a folder, of runs of which one at least came to its end; gives its path. @throws CliError */
export async function writeRunReport(folder: string, input: Omit<ReportInput, 'versions'>): Promise<string> {
  // Only now: charts take half a second to load.
  const { reportPage } = await import('./report-page.js');
  const path = join(folder, REPORT_FILE);
  writeWhole(path, reportPage({ ...input, versions: versions() }));
  return path;
}
