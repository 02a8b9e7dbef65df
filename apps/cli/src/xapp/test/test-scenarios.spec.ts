import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testScenarios } from './test-scenarios.js';
import { testedXApp } from './tested-xapp.js';

const IMAGE = { registry: 'local', name: 'guard', tag: '1' };
const SMALL = 'name: small\nduration: 1s\n';

describe('the scenarios that an xApp is tested in', () => {
  let folder: string;
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  const describeAs = (container: object): void =>
    write(
      'config-file.json',
      JSON.stringify({
        xapp_name: 'guard',
        version: '1.0.0',
        containers: [{ name: 'guard', image: IMAGE, ...container }],
      }),
    );
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-tested-'));
    mkdirSync(join(folder, 'tests'));
    describeAs({ command: ['python3', 'guard.py'] });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const xappsOf = (list: string): unknown => {
    write('tests/one.yaml', `${SMALL}${list}`);
    return testScenarios(testedXApp(folder)).map(({ scenario }) => scenario.xapps);
  };

  it('have it among their xApps, and none beside it but those that they list', () => {
    expect(xappsOf('')).toEqual([[{ package: '.' }]]);
    mkdirSync(join(folder, 'other'));
    write('other/package.json', '{ "name": "other" }');
    const other = { package: './other' };
    expect(xappsOf('xapps: [{ package: ./other }]')).toEqual([[other, { package: '.' }]]);
  });

  it('keep the configuration that they give it', () => {
    const listed = [{ package: '.', config: { a: 1 } }];
    expect(xappsOf('xapps: [{ package: ., config: { a: 1 } }]')).toEqual([listed]);
  });

  it('are those of its folder "tests" by name, or others that are named', () => {
    write('tests/b.yml', SMALL);
    write('tests/a.yaml', SMALL);
    write('tests/notes.md', '');
    const titles = (files?: string[]): string[] =>
      testScenarios(testedXApp(folder), files).map(({ title }) => title);
    expect(titles()).toEqual(['tests/a.yaml', 'tests/b.yml']);
    expect(titles([join(folder, 'tests/b.yml')])).toEqual(['tests/b.yml']);
    rmSync(join(folder, 'tests'), { recursive: true });
    expect(() => titles()).toThrow('tests has no scenario (*.yaml)');
  });

  it('need one that is built', () => {
    describeAs({});
    expect(() => testedXApp(folder)).toThrow('package.json: there is no such file');
    write('package.json', '{ "main": "dist/main.js" }');
    expect(() => testedXApp(folder)).toThrow('dist/main.js is not there: build the xApp first');
    write('package.json', '{}');
    expect(() => testedXApp(folder)).toThrow('no "main", and config-file.json no command');
  });
});
