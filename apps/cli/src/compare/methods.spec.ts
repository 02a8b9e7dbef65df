import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseScenario } from '@ricochet/scenario';
import { comparedMethods } from './methods.js';

describe('what is compared', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ricochet-methods-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (xapps = '') => {
    const scenarioPath = join(folder, 'one.yaml');
    return { scenario: parseScenario(`name: one\nduration: 1s\n${xapps}`, scenarioPath), scenarioPath };
  };
  const xapp = (place: string, name: string, version: string): string => {
    const path = join(folder, place);
    mkdirSync(path);
    writeFileSync(join(path, 'package.json'), JSON.stringify({ name, version, main: 'main.js' }));
    return path;
  };

  it('are controllers by their names', () => {
    expect(comparedMethods('need+pf, ddpg', run())).toEqual([
      { name: 'need+pf', differs: { controller: 'need+pf' } },
      { name: 'ddpg', differs: { controller: 'ddpg' } },
    ]);
  });

  test.each([
    ['need+pf', 'expected two or more'],
    ['need+pf,need+pf', '"need+pf" comes twice'],
    ['need+pf,pf', '--compare: "pf" is no controller'],
    ['need+pf,', '--compare: "" is no controller'],
  ])('refuses %p', (list, message) => {
    expect(() => comparedMethods(list, run())).toThrow(message);
  });

  it('are versions of an xApp, in its place in the scenario and with its configuration', () => {
    const [one, two] = [xapp('one', 'mine', '1.0.0'), xapp('two', 'mine', '2.0.0')];
    const listed = run(
      "xapps: [{ package: ./one, version: 1.0.0, config: { a: 1 } }, { package: '@ricochet/slice-scheduler' }]",
    );
    const [first, second] = comparedMethods(`${one},${two}`, listed);
    expect([first?.name, second?.name]).toEqual(['mine@1.0.0', 'mine@2.0.0']);
    expect(second?.differs.scenario?.xapps).toEqual([
      { package: two, config: { a: 1 } },
      { package: '@ricochet/slice-scheduler' },
    ]);
  });

  it('come beside the xApps of a scenario that has none of their name, and have names of their own', () => {
    const [one, two] = [xapp('one', 'mine', '1.0.0'), xapp('two', 'mine', '1.0.0')];
    const [first, second] = comparedMethods(`${one},${two}`, run('xapps: []'));
    expect(first?.differs.scenario?.xapps).toEqual([{ package: one }]);
    expect(first?.name).not.toBe(second?.name);
    expect(second?.name).toMatch(/^[\w.-]+two$/);
  });

  it('have names of their own where their folders have the same one, too', () => {
    // Of a path a name keeps letters and digits.
    const paths = ['a b', 'a-b', 'a-b-2'].map((place) => xapp(place, 'mine', '1.0.0'));
    const names = comparedMethods(paths.join(','), run('xapps: []')).map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
  });

  it('refuses a folder that comes twice, whatever its path says', () => {
    const one = xapp('one', 'mine', '1.0.0');
    expect(() => comparedMethods(`${one},${one}/../one/`, run('xapps: []'))).toThrow(
      `"${one}/../one/" comes twice`,
    );
  });
});
