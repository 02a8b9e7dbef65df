import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paxPathEntry, tarball, type TarEntry } from './tarball.fixture.js';
import { unpackTarball } from './tarball.js';

const LIMITS = { maxBytes: 100_000, maxFiles: 5 };

describe('unpackTarball', () => {
  let root: string;
  let folder: string;
  let file: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'ricochet-tarball-'));
    folder = join(root, 'unpacked');
    file = join(root, 'x.tgz');
    mkdirSync(folder);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const unpack = (entries: readonly TarEntry[]): Promise<void> => {
    writeFileSync(file, tarball(entries));
    return unpackTarball(file, folder, LIMITS);
  };
  const text = (path: string): string => readFileSync(join(folder, path), 'utf8');

  it('unpacks files and folders, of any length of name and contents', async () => {
    const long = `${'deep/'.repeat(40)}ünder.js`;
    await unpack([
      { path: 'package/', type: '5' },
      { path: './package/a.js', text: 'a'.repeat(1_300), mode: 0o755 },
      paxPathEntry(long),
      { path: 'cut off', text: 'long' },
      { path: 'x', type: 'L', text: `gnu/${'y'.repeat(120)}.js\0` },
      { path: 'cut off', text: 'gnu' },
      { path: 'empty.js' },
    ]);
    expect(text('package/a.js')).toBe('a'.repeat(1_300));
    expect(statSync(join(folder, 'package/a.js')).mode & 0o111).not.toBe(0);
    expect(text(long)).toBe('long');
    expect(text(`gnu/${'y'.repeat(120)}.js`)).toBe('gnu');
    expect(text('empty.js')).toBe('');
  });

  it.each<[string, TarEntry[]]>([
    ['climbs', [{ path: 'package/../../evil', text: 'x' }]],
    ['is absolute', [{ path: '/tmp/ricochet-evil', text: 'x' }]],
    ['climbs by its pax path', [paxPathEntry('../evil'), { path: 'fine', text: 'x' }]],
  ])('refuses a path that %s', async (_, entries) => {
    await expect(unpack(entries)).rejects.toThrow(/^package .*x\.tgz: ".*" leads out of it$/);
    expect(existsSync(join(root, 'evil'))).toBe(false);
  });

  it.each<[string, TarEntry[], RegExp]>([
    ['a link', [{ path: 'a', type: '2', link: '/etc/passwd' }], /a is neither a file nor a folder/],
    ['a hard link', [{ path: 'a', type: '1', link: '/etc/passwd' }], /a is neither a file nor a folder/],
    ['a device', [{ path: 'a', type: '3' }], /a is neither a file nor a folder/],
    ['a file twice', [{ path: 'a' }, { path: './a' }], /\.\/a is there twice/],
    [
      'more files than there may be',
      ['a', 'b', 'c', 'd', 'e', 'f'].map((path) => ({ path })),
      /more than 5 files/,
    ],
    ['more than there may be', [{ path: 'a', text: '\0'.repeat(200_000) }], /it holds more than 0 MiB/],
  ])('refuses %s', async (_, entries, message) => {
    await expect(unpack(entries)).rejects.toThrow(message);
  });

  it.each<[string, (whole: Buffer) => Buffer, RegExp]>([
    ['that was cut off', (whole) => whole.subarray(0, whole.length / 2), /it can not be unzipped/],
    ['that is none', () => Buffer.from('just text'), /it can not be unzipped/],
    ['whose contents are no tar file', () => tarball([]).subarray(0, 5), /it can not be unzipped/],
  ])('refuses a file %s', async (_, damage, message) => {
    const noise = Array.from({ length: 4_000 }, (_, i) => (i * i * 7919) % 65_521).join();
    writeFileSync(file, damage(tarball([{ path: 'a', text: noise }])));
    await expect(unpackTarball(file, folder, LIMITS)).rejects.toThrow(message);
  });
});
