import { availableParallelism } from 'node:os';
import { Ricochet } from './support/ricochet.js';

const TIMEOUT_MS = 600_000;

/** All numbers in a value, with the keys that lead to them. */
function numbersIn(value: unknown, path = ''): [path: string, number: number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => numbersIn(each, `${path}.${key}`));
}

describe('ricochet bench', () => {
  const ricochet = new Ricochet();
  afterAll(() => ricochet.dispose());

  it(
    'radio, as JSON: names the machine, and every figure is a positive number',
    async () => {
      const { code, stdout, errors } = await ricochet.run('bench', 'radio', '--json', '--repeat', '1');
      expect({ code, errors }).toEqual({ code: 0, errors: [] });
      const report = JSON.parse(stdout) as Record<string, unknown>;
      expect(Object.keys(report)).toEqual(['machine', 'radio']);
      expect(report['machine']).toEqual({
        cpu: expect.stringMatching(`., ${availableParallelism()} cores$`),
        memory: expect.stringMatching(/^\d+ GiB$/),
        node: `Node ${process.version}`,
      });
      // JSON has null for what is not finite.
      expect(stdout).not.toContain('null');
      const figures = numbersIn(report['radio']);
      expect(figures.map(([path]) => path)).toEqual(
        expect.arrayContaining([
          '.realTimeFactor',
          '.costGrowth',
          '.sizes.0.nsPerUeSlot',
          '.sizes.1.realTimeFactor',
        ]),
      );
      expect(figures.filter(([, figure]) => figure <= 0)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'refuses what is no bench',
    async () => {
      const { code, stdout, errors } = await ricochet.run('bench', 'nothing');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(errors[0]).toBe('error: nothing is no bench: radio, loop, meta, rl, e2, xapps, page or all');
    },
    TIMEOUT_MS,
  );
});
