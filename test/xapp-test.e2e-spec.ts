import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Ricochet, type Result } from './support/ricochet.js';
import { elementsOf, parseXml, type XmlElement } from './support/xml.js';

const TIMEOUT_MS = 600_000;

/** Gives URLLC a share of its own in answer to each report; its package brings no SDK. */
const GUARD = `
  import { defineXApp, runXApp } from '@ricochet/xapp-sdk';
  import { z } from 'zod';
  await runXApp(defineXApp({
    name: 'guard', version: '1.0.0', config: z.strictObject({ minRatio: z.number() }),
    subscriptions: () => [{ name: 'slices', level: 'slice', periodMs: 100, measurements: ['RCT.BufferDl'] }],
    create: ({ config }) => ({
      async onReport(report, ric) {
        const { minRatio } = config;
        const ratio = { snssai: { sst: 2 }, minRatio, maxRatio: 100, dedicatedRatio: 0 };
        await ric.control({ kind: 'slice-quota', ratios: [ratio] });
      },
    }),
  }));`;

const scenario = (assertions: readonly string[], more = ''): string =>
  [
    'name: two-dus',
    'duration: 1s',
    'network: { cells: 2, uesPerCell: 6 }',
    more,
    'assertions:',
    ...assertions.map((assertion) => `  - ${assertion}`),
    '',
  ].join('\n');

describe('ricochet xapp test', () => {
  const ricochet = new Ricochet();
  afterAll(() => ricochet.dispose(), TIMEOUT_MS);

  /** Writes a package with the scenarios of its tests; gives its folder. */
  const packageOf = (name: string, code: string, tests: Readonly<Record<string, string>>): string => {
    const folder = ricochet.path(name);
    mkdirSync(`${folder}/tests`, { recursive: true });
    const image = { registry: 'local', name: 'guard', tag: '1.0.0' };
    const files = {
      'package.json': JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'main.js' }),
      'config-file.json': JSON.stringify({
        ...{ xapp_name: 'guard', version: '1.0.0', containers: [{ name: 'guard', image }] },
        controls: { minRatio: 40 },
      }),
      'main.js': code,
      ...Object.fromEntries(Object.entries(tests).map(([file, text]) => [`tests/${file}`, text])),
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(`${folder}/${file}`, text);
    return folder;
  };
  const test = (folder: string, ...args: string[]): Promise<Result> =>
    ricochet.run('xapp', 'test', folder, '--junit', 'junit.xml', ...args);
  const jUnit = (): XmlElement => parseXml(readFileSync(ricochet.path('junit.xml'), 'utf8'));

  it(
    'holds assertions against scenarios with the xApp in place, and ricochet run does so over seeds',
    async () => {
      const folder = packageOf('guard', GUARD, {
        'a-default.yaml': scenario([
          'last(urllc.minRatio) == 40',
          '{ name: each report is answered, that: controls.applied == 20 }',
          'controls.failed == 0',
        ]),
        'b-configured.yaml': scenario(
          ['last(urllc.minRatio) == 25 at cell 2', 'max(all.qos) < 0.001'],
          'xapps: [{ package: ., config: { minRatio: 25 } }]',
        ),
      });
      const { code, stdout, errors } = await test(folder);
      const lines = stdout.split('\n');
      expect(lines).toEqual([
        expect.stringMatching(/^tests\/a-default\.yaml, seed 1: \d+\.\d s, KPI hash [0-9a-f]{64}$/),
        '  pass  last(URLLC.minRatio) == 40: measured 40',
        '  pass  each report is answered: controls.applied == 20, measured 20',
        '  pass  controls.failed == 0: measured 0',
        expect.stringMatching(/^tests\/b-configured\.yaml, seed 1: \d+\.\d s, KPI hash [0-9a-f]{64}$/),
        '  pass  last(URLLC.minRatio) == 25 at cell 2: measured 25',
        expect.stringMatching(/^ {2}FAIL {2}max\(all\.qos\) < 0\.001: measured \d/),
        '4 passed, 1 failed',
      ]);
      expect({ code, errors }).toEqual({ code: 1, errors: ['ricochet: xApp guard failed its tests'] });

      const report = jUnit();
      expect(report.attributes).toMatchObject({ tests: '5', failures: '1', errors: '0' });
      expect(elementsOf(report, 'testsuite').map(({ attributes }) => attributes)).toMatchObject([
        { name: 'two-dus, seed 1', tests: '3', failures: '0' },
        { name: 'two-dus, seed 1', tests: '2', failures: '1' },
      ]);
      expect(elementsOf(report, 'testcase').map(({ attributes }) => attributes['name'])).toEqual([
        ...['last(URLLC.minRatio) == 40', 'each report is answered', 'controls.failed == 0'],
        ...['last(URLLC.minRatio) == 25 at cell 2', 'max(all.qos) < 0.001'],
      ]);
      const failed = elementsOf(report, 'failure').map(({ attributes }) => attributes['message']);
      expect(failed).toEqual([lines[6]?.replace(/^.*: /, '')]);

      const configured = `${folder}/tests/b-configured.yaml`;
      const run = await ricochet.run('run', configured, '--seeds', '1,2', '--junit', 'junit.xml');
      expect(run).toMatchObject({ code: 1, errors: ['ricochet: 2 of 4 assertions failed'] });
      expect(run.stdout).toMatch(/last\(URLLC\.minRatio\) == 25 at cell 2 .* 25 ± 0 .* 2 of 2/);
      const hashes = [...run.stdout.matchAll(/^seed \d: .*, KPI hash (\w+)$/gm)].map(([, hash]) => hash);
      expect(lines[4]).toContain(hashes[0]);
      expect(hashes[1]).not.toBe(hashes[0]);
      expect(jUnit().attributes).toMatchObject({ tests: '4', failures: '2' });
      const read = (file: string): unknown => JSON.parse(readFileSync(ricochet.path('out', file), 'utf8'));
      expect(read('seeds.json')).toMatchObject({
        runs: [{ seed: 1, kpiHash: hashes[0] }, { seed: 2 }],
        assertions: [{ passed: 2, measured: [25, 25], mean: 25, halfWidth: 0 }, { passed: 0 }],
      });
      expect(read('seed-2/summary.json')).toMatchObject({
        assertions: [{ measured: 25, passed: true }, { passed: false }],
      });
    },
    2 * TIMEOUT_MS,
  );

  it(
    'fails at once for an xApp that ends, with its last words',
    async () => {
      const code = 'throw new TypeError("no <slice> & no hope");';
      const folder = packageOf('dead', code, { 'one.yaml': scenario(['controls.failed == 0']) });
      const result = await test(folder);
      const reason = 'xApp guard ended (exit code 1: TypeError: no <slice> & no hope)';
      expect(result.code).toBe(1);
      expect(result.stdout).toContain(`  FAIL  runs to its end: ${reason}\n0 passed, 1 failed`);
      const report = jUnit();
      expect(report.attributes).toMatchObject({ tests: '1', failures: '0', errors: '1' });
      expect(elementsOf(report, 'error').map(({ attributes }) => attributes)).toEqual([{ message: reason }]);
    },
    TIMEOUT_MS,
  );

  it('tells what is wrong with its input before anything is started', async () => {
    const folder = packageOf('wrong', GUARD, { 'one.yaml': scenario(['p98(urllc.qos) > 0']) });
    const [result, elsewhere] = await Promise.all([test(folder), ricochet.run('xapp', 'test')]);
    expect(result).toMatchObject({
      code: 2,
      stdout: '',
      errors: [expect.stringMatching(/one\.yaml:6:5: assertions\[0\]: expected .*did you mean "p90"\?/)],
    });
    expect(elsewhere).toMatchObject({
      code: 2,
      errors: [expect.stringMatching(/has no config-file\.json$/)],
    });
  });
});
