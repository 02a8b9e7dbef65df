import Table from 'cli-table3';
import { type PackageAnswer, type XAppAnswer } from './xapp-answers.js';

const WORDS_COLUMNS = 44;
const DIGEST_DIGITS = 12;

const table = (head: string[], rows: (string | number)[][], colWidths: (number | null)[] = []): string => {
  const made = new Table({ head, colWidths, wordWrap: true, style: { head: [], border: [] } });
  made.push(...rows);
  return made.toString();
};

/** xApps with their states, for people. */
export function xAppTable(xapps: readonly XAppAnswer[]): string {
  if (xapps.length === 0) return 'no xApps are deployed';
  const rows = xapps.map(({ name, version, state, cause, previous, note, instances }) => [
    name,
    version,
    previous?.version ?? '–',
    [state, ...(cause === undefined ? [] : [cause])].join(': '),
    instances.reduce((sum, { restarts }) => sum + restarts, 0),
    instances.map(({ pid }) => pid ?? '–').join(', ') || '–',
    instances.map(({ memoryMiB }) => (memoryMiB === undefined ? '–' : `${memoryMiB} MiB`)).join(', ') || '–',
    note ?? '',
  ]);
  const widths = [null, null, null, WORDS_COLUMNS, null, null, null, WORDS_COLUMNS];
  return table(['xApp', 'version', 'before', 'state', 'restarts', 'process', 'memory', 'note'], rows, widths);
}

/** Onboarded versions, for people. */
export function packageTable(packages: readonly PackageAnswer[]): string {
  if (packages.length === 0) return 'no packages are onboarded';
  const rows = packages.map(({ name, version, digest, builtin, onboardedAtMs }) => [
    name,
    version,
    digest.slice(0, DIGEST_DIGITS),
    builtin ? 'this installation' : new Date(onboardedAtMs).toISOString(),
  ]);
  return table(['xApp', 'version', 'digest', 'onboarded'], rows);
}
