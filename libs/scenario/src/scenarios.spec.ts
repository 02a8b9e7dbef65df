import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseScenario } from './parse-scenario.js';
import { ScenarioError } from './scenario.error.js';

const FOLDER = join(__dirname, '../../../scenarios');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8');

describe('the scenarios that we ship', () => {
  it('are there', () => {
    expect(FILES).toEqual(expect.arrayContaining(['paper-7du.yaml', 'slice-surge.yaml', 'stadium.yaml']));
  });

  test.each(FILES)('%s can be played, bears its own name and says what it shows', (file) => {
    const text = textOf(file);
    expect(parseScenario(text, file).name).toBe(file.replace('.yaml', ''));
    expect(text).toMatch(/^# yaml-language-server: \$schema=scenario\.schema\.json\n# \S/);
  });

  test.each(FILES)('%s with a part missing or doubled is still a scenario or a ScenarioError', (file) => {
    const text = textOf(file);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), (from, to) => {
        try {
          parseScenario(text.slice(0, from) + text.slice(to), file);
        } catch (error) {
          expect(error).toBeInstanceOf(ScenarioError);
        }
      }),
    );
  });
});
