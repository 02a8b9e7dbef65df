import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enclosingPackage, xappPackage } from './xapp-package.js';

describe('an xApp by its path', () => {
  let folder: string;
  const write = (name: string, content: object | string): void => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const descriptor = {
    xapp_name: 'guard',
    version: '1.0.0',
    containers: [
      { name: 'guard', image: { registry: 'local', name: 'guard', tag: '1' }, command: ['python3', 'x.py'] },
    ],
    controls: { maxDelayMs: 7 },
  };

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ricochet-package-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is named, started and configured by its descriptor', () => {
    write('config-file.json', descriptor);
    write('package.json', { name: '@mine/other' });
    const expected = {
      name: 'guard',
      version: '1.0.0',
      path: folder,
      controls: { maxDelayMs: 7 },
      command: ['python3', 'x.py'],
    };
    expect(xappPackage('.', folder)).toEqual(expected);
    expect(xappPackage(folder, '/elsewhere')).toEqual(expected);
  });

  it('has to be of the version that is asked for, if one is', () => {
    write('config-file.json', descriptor);
    expect(xappPackage('.', folder, '1.0.0').version).toBe('1.0.0');
    expect(() => xappPackage('.', folder, '2.0.0')).toThrow(
      'xApp . is of version 1.0.0, the scenario wants 2.0.0',
    );
  });

  it('without a descriptor is named by its manifest', () => {
    write('package.json', { name: '@mine/guard', version: '0.3.0' });
    expect(xappPackage('.', folder)).toMatchObject({ name: 'guard', version: '0.3.0', controls: {} });
  });

  test.each<[string, () => void, string]>([
    [
      'is not there',
      () => undefined,
      'is no xApp: it has no config-file.json, and no package.json with a name',
    ],
    ['has a broken descriptor', () => write('config-file.json', '{'), 'config-file.json: not JSON: '],
    [
      'has an incomplete descriptor',
      () => write('config-file.json', { ...descriptor, version: '1' }),
      'config-file.json: version: expected a semantic version',
    ],
  ])('that %s is refused', (_, prepare, message) => {
    prepare();
    expect(() => xappPackage('.', folder)).toThrow(message);
  });

  it('is looked for from the package that the scenario lies in', () => {
    write('config-file.json', descriptor);
    write('tests/deep/x.yaml', '');
    expect(enclosingPackage(join(folder, 'tests/deep/x.yaml'))).toBe(folder);
  });
});
