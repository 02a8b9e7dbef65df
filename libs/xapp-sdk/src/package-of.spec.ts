import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageOf } from './package-of.js';

describe('the package that a module belongs to', () => {
  let folder: string;
  const module = (...path: string[]): string => pathToFileURL(join(folder, ...path)).href;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ricochet-package-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the nearest one above it', () => {
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'package.json'), '{ "name": "mine", "version": "1.2.3", "type": "module" }');
    expect(packageOf(module('dist', 'xapp.js'))).toEqual({ name: 'mine', version: '1.2.3' });
  });

  it('must be there, with a name and a version', () => {
    expect(() => packageOf('file:///xapp.js')).toThrow('no package.json above file:///xapp.js');
    writeFileSync(join(folder, 'package.json'), '{ "name": "mine" }');
    expect(() => packageOf(module('xapp.js'))).toThrow('package.json: it needs a name and a version');
  });
});
