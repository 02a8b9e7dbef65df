import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../cli.error.js';
import { packageDigest } from './package-digest.js';

describe('the digest of a package', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-digest-'));
    write('main.js', 'one');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  /** Whether the digest is another one after something was done. */
  const changes = (work: () => void): boolean => {
    const before = packageDigest(folder);
    work();
    return packageDigest(folder) !== before;
  };

  it('is over what an xApp runs by, and not over its sources', () => {
    expect(changes(() => write('main.js', 'two'))).toBe(true);
    expect(changes(() => write('src/main.ts', 'one'))).toBe(false);
    expect(changes(() => write('node_modules/other/main.js', 'one'))).toBe(false);
    expect(changes(() => write('main.d.ts', 'one'))).toBe(false);
  });

  it('is over folders below that happen to be called src', () => {
    expect(changes(() => write('vendor/src/main.js', 'one'))).toBe(true);
    expect(changes(() => write('vendor/src/main.js', 'two'))).toBe(true);
  });

  it('has links to folders by where they lead, those to files by what is there', () => {
    mkdirSync(join(folder, 'src'));
    symlinkSync('src', join(folder, 'data'));
    expect(changes(() => write('src/one', 'one'))).toBe(false);
    rmSync(join(folder, 'data'));
    expect(changes(() => symlinkSync('..', join(folder, 'data')))).toBe(true);
    expect(changes(() => symlinkSync('gone', join(folder, 'broken')))).toBe(true);
    write('src/start.js', 'one');
    symlinkSync('src/start.js', join(folder, 'start.js'));
    expect(changes(() => write('src/start.js', 'two'))).toBe(true);
  });

  it('is refused in words where there is no folder', () => {
    expect(() => packageDigest(join(folder, 'gone'))).toThrow(CliError);
  });
});
