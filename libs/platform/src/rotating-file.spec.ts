import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastLines, RotatingFile } from './rotating-file.js';

describe('RotatingFile', () => {
  let folder: string;
  let path: string;
  const troubles: string[] = [];
  const fileOf = (maxBytes: number): RotatingFile =>
    new RotatingFile({ path, maxBytes, kept: 2, onTrouble: (line) => troubles.push(line) });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-rotating-'));
    path = join(folder, 'logs', '1.0.0.log');
    troubles.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('begins a new file when one is full, and keeps two of the former', async () => {
    const file = fileOf(10);
    for (const line of ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']) {
      file.append(`${line}\n`);
      await file.flush();
    }
    expect([path, `${path}.1`, `${path}.2`].map((name) => readFileSync(name, 'utf8'))).toEqual([
      'eight\n',
      'six\nseven\n',
      'four\nfive\n',
    ]);
    expect(existsSync(`${path}.3`)).toBe(false);
    expect(await lastLines(path, 4)).toEqual(['five', 'six', 'seven', 'eight']);
    expect(await lastLines(path, 1)).toEqual(['eight']);
    expect(await lastLines(path, 99)).toHaveLength(5);
  });

  it('goes on where the last life ended', async () => {
    const first = fileOf(10);
    first.append('12345678\n');
    await first.flush();
    const second = fileOf(10);
    second.append('next\n');
    await second.flush();
    expect(readFileSync(`${path}.1`, 'utf8')).toBe('12345678\n');
    expect(await lastLines(path, 9)).toEqual(['12345678', 'next']);
  });

  it('tells once that the disk does not take it, and goes on when it does', async () => {
    writeFileSync(join(folder, 'logs'), 'in the way');
    const file = fileOf(100);
    for (const line of ['a\n', 'b\n']) {
      file.append(line);
      await file.flush();
    }
    expect(troubles).toEqual([expect.stringContaining(`log ${path}: `)]);
    rmSync(join(folder, 'logs'));
    file.append('c\n');
    await file.flush();
    expect(await lastLines(path, 9)).toEqual(['c']);
  });

  it('has no lines before it is written', async () => {
    expect(await lastLines(path, 5)).toEqual([]);
  });
});
