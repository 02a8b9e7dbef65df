import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forkChanges, type ForkWishes } from './fork-changes.js';
import { packageDigest } from './package-digest.js';
import { type RecordingHeader } from './recording-header.js';
import { HEADER } from './recordings.fixture.js';

describe('forkChanges', () => {
  let data: string;
  const folderOf = (version: string): string => join(data, 'xapps/slice-quota', version);
  beforeAll(() => {
    data = mkdtempSync(join(tmpdir(), 'ricochet-fork-'));
    for (const version of ['1.9.0', '2.9.0', '2.10.0']) {
      mkdirSync(folderOf(version), { recursive: true });
      const descriptor = { xapp_name: 'slice-quota', version };
      writeFileSync(join(folderOf(version), 'config-file.json'), JSON.stringify(descriptor));
    }
    writeFileSync(join(data, 'config.json'), '{ "split": "equal" }');
    writeFileSync(join(data, 'same.json'), '{ "split": "need" }');
    writeFileSync(join(data, 'list.json'), '[]');
  });
  afterAll(() => rmSync(data, { recursive: true }));

  const changes = (wishes: Partial<ForkWishes>, header: RecordingHeader = HEADER) =>
    forkChanges(header, { atMs: 500, data, ...wishes });
  const at = (version: string) => ({
    version,
    package: { path: folderOf(version), digest: packageDigest(folderOf(version)) },
  });

  it('changes nothing that is so already', () => {
    expect(changes({})).toEqual([]);
    expect(changes({ xapp: 'slice-quota' })).toEqual([]);
    expect(changes({ xapp: 'slice-quota@0.1' })).toEqual([]);
    expect(changes({ xapp: 'slice-quota', config: join(data, 'same.json') })).toEqual([]);
    expect(changes({ controller: 'need+pf' })).toEqual([]);
  });

  it('takes the latest version that begins as it is asked for, or a folder', () => {
    expect(changes({ xapp: 'slice-quota@2' })).toEqual([{ atMs: 500, xapp: 'slice-quota', ...at('2.10.0') }]);
    expect(changes({ xapp: 'slice-quota@1.9.0' })).toEqual([
      { atMs: 500, xapp: 'slice-quota', ...at('1.9.0') },
    ]);
    expect(changes({ xapp: 'slice-quota', package: folderOf('2.9.0') })).toEqual([
      { atMs: 500, xapp: 'slice-quota', ...at('2.9.0') },
    ]);
  });

  it('takes a configuration, and a controller as the configurations that carry it out', () => {
    expect(changes({ xapp: 'slice-quota', config: join(data, 'config.json') })).toEqual([
      { atMs: 500, xapp: 'slice-quota', config: { split: 'equal' } },
    ]);
    expect(changes({ controller: 'equal+srpt' })).toEqual([
      { atMs: 500, xapp: 'slice-quota', config: { split: 'equal' } },
      { atMs: 500, xapp: 'slice-scheduler', config: { scheduler: 'srpt' } },
    ]);
  });

  it('goes from what the recording had changed by then', () => {
    const change = { atMs: 300, xapp: 'slice-quota', config: { split: 'equal' } };
    const header = { ...HEADER, changes: [change] };
    expect(changes({ controller: 'equal+pf' }, header)).toEqual([]);
    expect(changes({ controller: 'equal+pf', atMs: 200 }, header)).toHaveLength(1);
  });

  it.each([
    [{ config: 'x.json' }, /^--config needs --xapp/],
    [{ xapp: 'other@1' }, /^there is no xApp other in the recording, but slice-quota, slice-scheduler$/],
    [{ xapp: 'slice-quota@3' }, /slice-quota@3: .* has 1\.9\.0, 2\.9\.0, 2\.10\.0 of it; give its folder/],
    [{ controller: 'ddpg' }, /nothing learns in this recording/],
  ])('refuses %j', (wishes, words) => {
    expect(() => changes(wishes)).toThrow(words);
  });

  it('refuses packages and configurations that are none of the xApp', () => {
    const wrong = { xapp: 'slice-quota@1', package: folderOf('2.9.0') };
    expect(() => changes(wrong)).toThrow(/is version 2\.9\.0 of slice-quota, not 1$/);
    expect(() => changes({ xapp: 'slice-scheduler', package: folderOf('2.9.0') })).toThrow(
      /is of xApp slice-quota, not slice-scheduler$/,
    );
    expect(() => changes({ xapp: 'slice-quota', config: join(data, 'list.json') })).toThrow(
      /list\.json: expected a JSON object$/,
    );
  });
});
