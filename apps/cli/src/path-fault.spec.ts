import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathFault } from './path-fault.js';

describe('pathFault', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-path-'));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  afterAll(() => rmSync(folder, { recursive: true }));

  function faultOf(work: () => unknown): string {
    try {
      work();
    } catch (error) {
      return pathFault(error, folder);
    }
    throw new Error('nothing was wrong');
  }

  test.each<[string, () => unknown, string]>([
    [
      'a file that is missing',
      () => readFileSync(join(folder, 'none')),
      '/none: there is no such file or folder',
    ],
    [
      'a file for a folder',
      () => mkdirSync(file, { recursive: true }),
      '/file: is a file, where a folder is needed',
    ],
    [
      'a file for a folder above',
      () => mkdirSync(join(file, 'below'), { recursive: true }),
      '/file/below: lies below a file, where a folder is needed',
    ],
    ['a folder for a file', () => writeFileSync(folder, ''), ': is a folder, where a file is needed'],
    // Node does not tell the path of what it could open but not read.
    ['a folder to read', () => readFileSync(folder), ': is a folder, where a file is needed'],
  ])('tells %s', (_, work, words) => {
    expect(faultOf(work)).toBe(`${folder}${words}`);
  });

  it('keeps the message of anything else', () => {
    expect(pathFault(new Error('odd'), '/x')).toBe('/x: odd');
  });
});
