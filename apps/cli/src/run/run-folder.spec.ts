import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearResults, prepareRunFolder } from './run-folder.js';

describe('the folder of a run', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ricochet-run-folder-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const left = (...names: string[]) => {
    for (const name of names) writeFileSync(join(folder, name), 'old');
  };

  it('keeps nothing of what a former command left, and all that is of others', () => {
    left('report.html', 'seeds.json', 'comparison.json', 'summary.json', 'kpis.csv', 'mine.txt');
    clearResults(folder);
    expect(readdirSync(folder)).toEqual(['mine.txt']);
    clearResults(join(folder, 'not-there'));
  });

  it('has the scenario as it was read, and empty files where rows will come', () => {
    left('kpis.csv', 'seeds.json', 'run.rec', 'ric.sqlite-wal');
    prepareRunFolder(folder, 'name: one\n');
    expect(readdirSync(folder).sort()).toEqual(['kpis.csv', 'learning.csv', 'logs', 'run-scenario.yaml']);
    expect(readFileSync(join(folder, 'run-scenario.yaml'), 'utf8')).toBe('name: one\n');
    expect(readFileSync(join(folder, 'kpis.csv'), 'utf8')).toBe('');
  });

  it('is refused by its name where it can not be one', () => {
    left('file');
    const path = join(folder, 'file');
    expect(() => prepareRunFolder(path, '')).toThrow(`--out ${path}`);
    expect(() => clearResults(join(path, 'below'))).toThrow('--out ');
  });
});
