import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adaptedGnb } from './adapted-gnb.js';
import { type Adapter } from './adapter.js';
import { type AdapterConfig } from './adapter.config.js';

type Kind = Pick<Adapter<AdapterConfig>, 'profilesOf' | 'takesDatagrams'>;
const OAI: Kind = { profilesOf: () => ['oai-telnet'] };
const UDP: Kind = { profilesOf: () => ['srsran-24.04', 'srsran-25.04'], takesDatagrams: () => true };

describe('the gNB that an adapter adapts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gnb-'));
  const file = join(folder, 'gnb.yaml');
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (kind: Kind, more: string) => {
    writeFileSync(file, `plmn: '00101'\ngnbId: 1\ncells: [{ prbs: 51, slices: [1] }]\n${more}\n`);
    return adaptedGnb(kind, { RICOCHET_GNB_CONFIG: file } as AdapterConfig);
  };

  it('may say whose datagrams are taken where there are some', () => {
    expect(read(UDP, 'udp: { from: 192.0.2.5 }').udp).toEqual({ from: '192.0.2.5' });
  });

  it.each([
    [
      'udp: { from: 192.0.2.5 }',
      'udp: expected none: oai-telnet sends no datagrams; srsRAN 24.04 to 25.04 sends them (--udp)',
    ],
    ['profile: ocudu-26.04', 'profile: ocudu-26.04 is not met this way, oai-telnet is'],
  ])('is none of another kind: %s', (more, words) => {
    expect(() => read(OAI, more)).toThrow(`${file}: ${words}`);
  });
});
