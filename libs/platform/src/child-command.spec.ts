import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandOf } from './child-command.js';

let path: string;

beforeAll(() => {
  path = mkdtempSync(join(tmpdir(), 'ricochet-child-'));
  writeFileSync(join(path, 'package.json'), '{"main": "main.js"}');
});

afterAll(() => rmSync(path, { recursive: true }));

/** The last word counts. */
const growthOf = (memoryMiB: number | undefined): number =>
  Number(
    commandOf({ path, limits: { memoryMiB } })
      .arguments.findLast((argument) => argument.startsWith('--heap-growing-percent='))
      ?.split('=')[1],
  );

describe('the heap of a child', () => {
  it.each([undefined, 128, 512])(
    'of %p MiB is collected when it is three times what was left',
    (memoryMiB) => {
      expect(growthOf(memoryMiB)).toBe(200);
    },
  );

  it.each([32, 127])('of %p MiB is collected as soon as V8 sees fit', (memoryMiB) => {
    expect(growthOf(memoryMiB)).toBe(0);
  });
});
