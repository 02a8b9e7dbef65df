import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLoopScenario } from './loop-scenario.js';

describe('a scenario for the loop', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-loop-'));
    mkdirSync(join(folder, 'guard'));
    writeFileSync(join(folder, 'guard/package.json'), '{ "name": "@mine/guard", "version": "1.0.0" }');
    mkdirSync(join(folder, 'empty'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (...lines: string[]) => {
    const path = join(folder, 'x.yaml');
    writeFileSync(path, ['name: x', 'duration: 1s', ...lines].join('\n'));
    return readLoopScenario(path).scenario;
  };
  const GUARD = 'xapps: [{ package: ./guard, version: 1.0.0 }]';

  it('has its xApps beside it, and may name them', () => {
    const outage = 'events: [{ at: 0, kind: nats-outage, xapps: [guard], duration: 100ms }]';
    expect(read(GUARD, outage).xapps).toEqual([{ package: './guard', version: '1.0.0' }]);
  });

  test.each([
    [
      'an unknown package',
      ['xapps:', "  - { package: '@ricochet/slice-gaurd' }"],
      'x.yaml:4:16: xapps[0].package: no such xApp is installed: expected one of @ricochet/kpi-monitor, ' +
        '@ricochet/slice-guard, @ricochet/slice-quota, @ricochet/slice-scheduler, a path (./…), ' +
        'got "@ricochet/slice-gaurd"; did you mean "@ricochet/slice-guard"?',
    ],
    [
      'a path where nothing is',
      ['xapps: [{ package: ./gaurd }]'],
      /x\.yaml:3:20: xapps\[0\]\.package: .*\/gaurd is not there: expected the folder of an xApp$/,
    ],
    [
      'a folder that is no xApp',
      ['xapps: [{ package: ./empty }]'],
      /x\.yaml:3:20: xapps\[0\]\.package: .*\/empty is no xApp: it has no config-file\.json/,
    ],
    [
      'another version',
      ['xapps: [{ package: ./guard, version: 2.0.0 }]'],
      'x.yaml:3:38: xapps[0].version: xApp ./guard is of version 1.0.0, the scenario wants 2.0.0',
    ],
    [
      'an xApp that is not deployed',
      [GUARD, 'events: [{ at: 0, kind: nats-outage, xapps: [gaurd], duration: 1ms }]'],
      'x.yaml:4:46: events[0].xapps[0]: expected "guard", got "gaurd"; did you mean "guard"?',
    ],
    [
      'an unknown controller',
      [GUARD, 'controller: ned+pf'],
      'x.yaml:4:13: controller: "ned+pf" is no controller: expected <split>+<scheduler> with a split of',
    ],
    [
      'a model that is not there',
      [GUARD, 'controller: ddpg', 'learning: { model: ./papr.json }'],
      /x\.yaml:5:20: learning\.model: .*\/papr\.json: there is no such file or folder$/,
    ],
  ])('tells %s and where it stands', (_, lines, message) => {
    expect(() => read(...lines)).toThrow(message);
  });

  it('tells all of them at once', () => {
    expect(() => read("xapps: [{ package: ./no }, { package: '@mine/no' }]", 'controller: a+b')).toThrow(
      /:3:20: .*\n.*:3:39: .*\n.*:4:13: /,
    );
  });
});
