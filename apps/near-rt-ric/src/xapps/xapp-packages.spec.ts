import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { temporaryStore } from '../fake-ric.fixture.js';
import { ricConfigSchema } from '../ric.config.js';
import { packageFiles, packed } from './tarball.fixture.js';
import { XAppPackages } from './xapp-packages.service.js';

describe('xApp packages', () => {
  const kept = temporaryStore();
  let root: string;
  let packages: XAppPackages;

  const open = async (): Promise<void> => {
    const RICOCHET_STORE = join(root, 'data', 'ric.sqlite');
    const config = ricConfigSchema.parse({ RICOCHET_NATS_URL: 'nats://nowhere', RICOCHET_STORE });
    packages = new XAppPackages(kept.store, config);
    await packages.load();
  };
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'ricochet-packages-'));
    await open();
  });
  afterEach(async () => {
    const records = await kept.store.xAppPackages();
    await Promise.all(records.map(({ name, version }) => kept.store.deleteXAppPackage(name, version)));
    rmSync(root, { recursive: true });
  });

  const folderOf = (files: Readonly<Record<string, string>>, name = 'source'): string => {
    const folder = join(root, name);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  };
  const tarballOf = (files: Readonly<Record<string, string>>): string => {
    const file = join(root, 'x.tgz');
    writeFileSync(file, packed(files));
    return file;
  };
  const xapps = (): string[] =>
    readdirSync(join(root, 'data', 'xapps'))
      .filter((name) => name !== 'node_modules')
      .sort();

  it('are taken from a folder and from a tarball, the same by their digest', async () => {
    const files = packageFiles('monitor', '1.0.0');
    const first = await packages.onboard(folderOf(files));
    expect(first).toMatchObject({
      name: 'monitor',
      version: '1.0.0',
      builtin: false,
      path: join(root, 'data', 'xapps', 'monitor', '1.0.0'),
    });
    expect(readFileSync(join(first.path, 'main.js'), 'utf8')).toBe(files['main.js']);
    expect(await packages.onboard(tarballOf(files))).toBe(first);
    expect(packages.all()).toEqual([first]);
  });

  it('come back from the store', async () => {
    const schema = { type: 'object', properties: { a: { type: 'integer' } } };
    const files = {
      ...packageFiles('monitor', '1.0.0', { controls: { a: 1 } }),
      'schema.json': JSON.stringify(schema),
    };
    const first = await packages.onboard(folderOf(files));
    await open();
    expect(packages.all()).toEqual([first]);
    expect(packages.get('monitor', '1.0.0').controlsSchema).toEqual(schema);
  });

  it('never change: the same version with other contents is refused', async () => {
    await packages.onboard(folderOf(packageFiles('monitor', '1.0.0')));
    const other = { ...packageFiles('monitor', '1.0.0'), 'main.js': '// does something else\n' };
    await expect(packages.onboard(tarballOf(other))).rejects.toMatchObject({
      code: 'XAPP_CONFLICT',
      message: expect.stringMatching(
        /monitor 1\.0\.0 has been onboarded with other contents .* another version$/,
      ),
    });
    expect(readFileSync(join(packages.get('monitor', '1.0.0').path, 'main.js'), 'utf8')).toBe('// runs\n');
    expect(xapps()).toEqual(['monitor']);
  });

  it('lie side by side by version, in the order of their onboarding', async () => {
    for (const version of ['1.10.0', '1.2.0']) await packages.onboard(tarballOf(packageFiles('b', version)));
    await packages.onboard(tarballOf(packageFiles('a', '0.1.0')));
    expect(packages.all().map(({ name, version }) => `${name} ${version}`)).toEqual([
      'a 0.1.0',
      'b 1.10.0',
      'b 1.2.0',
    ]);
    expect(packages.latest('b').version).toBe('1.2.0');
    expect(() => packages.get('b', '9.9.9')).toThrow('of xApp b there are 1.10.0, 1.2.0');
    expect(() => packages.latest('c')).toThrow('no version of xApp c has been onboarded');
  });

  const valid = packageFiles('monitor', '1.0.0');
  const without = (name: string): Record<string, string> =>
    Object.fromEntries(Object.entries(valid).filter(([path]) => path !== name));
  it.each<[string, Record<string, string>, string]>([
    ['a descriptor', without('config-file.json'), 'it has no config-file.json'],
    ['a manifest', without('package.json'), 'it has no package.json, and config-file.json no command'],
    ['its program', without('main.js'), 'there is no file main.js in the package'],
    [
      'a program of its own',
      { ...valid, 'package.json': '{"main": "../../../../bin/sh"}' },
      'there is no file ../../../../bin/sh in the package',
    ],
    ['JSON', { ...valid, 'config-file.json': '{' }, 'config-file.json: not JSON'],
    [
      'one version',
      { ...valid, 'package.json': JSON.stringify({ main: 'main.js', version: '1.0.1' }) },
      'config-file.json: version: 1.0.0, but package.json has 1.0.1',
    ],
    [
      'controls that fit their schema',
      { ...valid, 'schema.json': '{"properties": {"a": {}}, "required": ["a"]}' },
      'config-file.json: a: ',
    ],
  ])('are refused without %s, and leave nothing behind', async (_, files, message) => {
    await expect(packages.onboard(tarballOf(files))).rejects.toThrow(message);
    expect(xapps()).toEqual([]);
    expect(packages.all()).toEqual([]);
  });

  it('need no manifest when they have a command', async () => {
    const command = ['python3', 'main.py'];
    const image = { registry: 'local', name: 'x', tag: '1' };
    const files = packageFiles('hello', '1.0.0', { containers: [{ name: 'hello', image, command }] });
    const { 'config-file.json': descriptor } = files;
    await packages.onboard(tarballOf({ 'config-file.json': descriptor ?? '' }));
    expect(packages.get('hello', '1.0.0').descriptor.containers[0]?.command).toEqual(command);
  });

  it('find the SDK of this installation, unless they bring one', async () => {
    await packages.onboard(tarballOf(valid));
    const linked = (name: string): string => readlinkSync(join(root, 'data', 'xapps', 'node_modules', name));
    expect(linked('@ricochet/xapp-sdk')).toMatch(/libs\/xapp-sdk$/);
    expect(linked('zod')).toMatch(/node_modules\/zod$/);
  });

  it('that were half written are gone after a restart, and can be onboarded', async () => {
    const half = join(root, 'data', 'xapps');
    mkdirSync(join(half, '.incoming-1', 'package'), { recursive: true });
    mkdirSync(join(half, 'monitor', '1.0.0'), { recursive: true });
    writeFileSync(join(half, 'monitor', '1.0.0', 'left-over.js'), '');
    await open();
    expect(xapps()).toEqual(['monitor']);
    const { path } = await packages.onboard(tarballOf(valid));
    expect(readdirSync(path).sort()).toEqual(['config-file.json', 'main.js', 'package.json']);
  });

  it('say when the disk is full', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    jest.spyOn(kept.store, 'saveXAppPackage').mockRejectedValueOnce(full);
    await expect(packages.onboard(tarballOf(valid))).rejects.toMatchObject({
      code: 'XAPP_NO_ROOM',
      message: expect.stringContaining(`there is no room for it in ${join(root, 'data', 'xapps')}`),
    });
    expect(packages.all()).toEqual([]);
    expect(readdirSync(join(root, 'data', 'xapps', 'monitor'))).toEqual([]);
  });

  it('are removed with their files', async () => {
    const { path } = await packages.onboard(tarballOf(valid));
    await packages.remove('monitor', '1.0.0');
    expect(existsSync(path)).toBe(false);
    expect(await kept.store.xAppPackages()).toEqual([]);
    await expect(packages.remove('monitor', '1.0.0')).rejects.toMatchObject({ code: 'XAPP_UNKNOWN' });
  });

  it('stay where they are when the store can not forget them', async () => {
    const { path } = await packages.onboard(tarballOf(valid));
    jest.spyOn(kept.store, 'deleteXAppPackage').mockRejectedValueOnce(new Error('the disk is full'));
    await expect(packages.remove('monitor', '1.0.0')).rejects.toThrow('the disk is full');
    expect(packages.get('monitor', '1.0.0')).toMatchObject({ path });
    expect(existsSync(path)).toBe(true);
  });

  it('of this installation are taken by reference, without a descriptor too, and may change', async () => {
    const folder = folderOf(without('config-file.json'), 'ours');
    expect(await packages.adopt('monitor', folder)).toMatchObject({
      version: '1.0.0',
      path: folder,
      builtin: true,
    });
    const { digest } = packages.get('monitor', '1.0.0');
    writeFileSync(join(folder, 'main.js'), '// new\n');
    expect((await packages.adopt('monitor', folder)).digest).not.toBe(digest);
    await packages.remove('monitor', '1.0.0');
    expect(existsSync(folder)).toBe(true);
    await expect(packages.adopt('monitor', join(root, 'nowhere'))).rejects.toThrow('no such file');
  });
});
