import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versions } from '../versions.js';
import { packageDigest } from './package-digest.js';
import { type RecordingHeader } from './recording-header.js';
import { HEADER } from './recordings.fixture.js';
import { differencesOf, planAgain } from './run-plan.js';

describe('what a recording says of its run', () => {
  let folder: string;
  let header: RecordingHeader;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-plan-'));
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'index.js'), 'run()');
    const xapp = { name: 'x', path: folder, version: '1.0.0', digest: packageDigest(folder), config: {} };
    header = { ...HEADER, versions: versions(), xapps: [xapp] };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is the same on the same machine, whatever becomes of sources', () => {
    expect(differencesOf(header)).toEqual([]);
    writeFileSync(join(folder, 'src/index.ts'), 'run();');
    expect(differencesOf(header)).toEqual([]);
  });

  it('differs by versions and by packages, in a line each', () => {
    const of = { ...header, versions: { ...versions(), node: 'v18.0.0' } };
    writeFileSync(join(folder, 'index.js'), 'walk()');
    expect(differencesOf(of)).toEqual([
      `recorded with node v18.0.0, this is ${process.version}`,
      `xApp x is not the one that was recorded: ${folder}`,
    ]);
  });

  it('differs in lines that do not steer a terminal, whatever is in it', () => {
    const steering = '\u001b[2J\n';
    const [xapp] = header.xapps;
    const hostile = (path: string): RecordingHeader => ({
      ...header,
      versions: { ...versions(), [`node${steering}`]: `v1${steering}` },
      xapps: [{ ...xapp!, name: `x${steering}`, path, digest: '' }],
    });
    expect(differencesOf(hostile(folder))).toEqual([
      'recorded with node [2J  v1 [2J , this is none',
      `xApp x [2J  is not the one that was recorded: ${folder}`,
    ]);
    expect(() => differencesOf(hostile(`/gone${steering}`))).toThrow(
      'package /gone [2J : there is no such file or folder',
    );
  });

  it('is run again by the scenario that is in it, which is gone afterwards', () => {
    const { plan, dispose } = planAgain(header, 'a.rec');
    expect(plan).toMatchObject({ seed: 1, untilMs: 1_000, controller: 'need+pf', mode: 'lockstep' });
    expect(readFileSync(plan.scenarioPath, 'utf8')).toBe(header.scenario.text);
    dispose();
    expect(() => readFileSync(plan.scenarioPath)).toThrow(/ENOENT/);
  });

  it('says what is wrong with a scenario that this version does not take', () => {
    const of = { ...header, scenario: { ...header.scenario, text: 'name: one\nduration: 1s\nold: 1\n' } };
    expect(() => planAgain(of, 'a.rec')).toThrow(/^a\.rec: one\.yaml:3:1: .*old/);
  });
});
