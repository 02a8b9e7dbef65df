import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Manifest } from './kubernetes.js';

/** Where Debian's packages put Go sources. */
const GO_SOURCES = '/usr/share/gocode';
const NEEDED = ['src/github.com/Masterminds/sprig', 'src/sigs.k8s.io/yaml'];

/** What of the renderer's needs this machine has not, in words; `undefined` when it has all. */
export function rendererLacks(): string | undefined {
  const { status } = spawnSync('go', ['version']);
  const isThere = status === 0 && NEEDED.every((folder) => existsSync(join(GO_SOURCES, folder)));
  return isThere
    ? undefined
    : 'no golang-go, golang-github-masterminds-sprig-dev, golang-k8s-sigs-yaml-dev here';
}

/** The chart, rendered by our own renderer. */
export class Chart {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ricochet-chart-'));
  private readonly renderer = join(this.folder, 'render');

  /** Builds the renderer. */
  constructor() {
    execFileSync('go', ['build', '-o', this.renderer, resolve('helm/render/main.go')], {
      env: {
        ...process.env,
        GO111MODULE: 'off',
        GOFLAGS: '',
        GOPATH: GO_SOURCES,
        GOCACHE: join(this.folder, 'cache'),
      },
    });
  }

  /** The manifests for a release `demo`. @throws with the renderer's words */
  render(values: object): Manifest[] {
    const file = join(this.folder, 'values.json');
    writeFileSync(file, JSON.stringify(values));
    const args = [resolve('helm/ricochet'), 'demo', 'emulation', file];
    const { status, stdout, stderr } = spawnSync(this.renderer, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr.trim());
    return parseAllDocuments(stdout).map((document) => {
      const [fault] = [...document.errors, ...document.warnings];
      if (fault !== undefined) throw fault;
      return document.toJS() as Manifest;
    });
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
