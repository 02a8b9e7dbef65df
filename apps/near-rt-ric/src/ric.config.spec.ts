import { readConfig } from '@ricochet/platform';
import { refusedPdusPath, ricConfigSchema } from './ric.config.js';

const read = (environment: Record<string, string> = {}) =>
  readConfig(ricConfigSchema, { RICOCHET_NATS_URL: 'nats://127.0.0.1:4222', ...environment });

describe("the RIC's environment", () => {
  it('has no SCTP and no profiles unless told', () => {
    expect(read()).toMatchObject({ RICOCHET_E2_LISTEN: 'none', RICOCHET_E2_PROFILES: {} });
  });

  it('says where to listen, and how to speak to whom', () => {
    const told = { RICOCHET_E2_LISTEN: 'sctp://[::1]', RICOCHET_E2_PROFILES: '{"gnb-1-*": "srsran"}' };
    expect(read(told)).toMatchObject({
      RICOCHET_E2_LISTEN: { kind: 'sctp', host: '::1', port: 36_421 },
      RICOCHET_E2_PROFILES: { 'gnb-1-*': 'srsran' },
    });
    expect(read({ RICOCHET_E2_LISTEN: 'auto' }).RICOCHET_E2_LISTEN).toBe('auto');
    expect(read({ RICOCHET_E2_ALLOW: '10.0.0.0/8' }).RICOCHET_E2_ALLOW?.has('10.1.2.3')).toBe(true);
  });

  it.each([
    [{ RICOCHET_E2_LISTEN: 'tcp://x' }, /RICOCHET_E2_LISTEN: .*tcp:\/\/x/],
    [{ RICOCHET_E2_LISTEN: 'nats' }, /RICOCHET_E2_LISTEN: .*NATS is there anyway/],
    [{ RICOCHET_E2_ALLOW: 'ric.example' }, /RICOCHET_E2_ALLOW: .*"ric\.example"/],
    [{ RICOCHET_E2_ALLOW: '' }, /RICOCHET_E2_ALLOW: expected addresses/],
    [{ RICOCHET_E2_PROFILES: '{"gnb-1": "nokia"}' }, /RICOCHET_E2_PROFILES\.gnb-1: /],
    [{ RICOCHET_NATS_ISSUER_SEED: 'secret' }, /RICOCHET_NATS_ISSUER_SEED: expected the nkey seed/],
    [{ RICOCHET_E2_PROFILES: '{' }, /RICOCHET_E2_PROFILES: expected JSON/],
  ])('is refused when it says %j', (environment, words) => {
    expect(() => read(environment as unknown as Record<string, string>)).toThrow(words);
  });

  it.each<[Record<string, string>, string]>([
    [{ RICOCHET_STORE: '/data/ric.sqlite' }, '/data/e2-refused.hex'],
    [{ RICOCHET_STORE: 'postgres://host/db' }, '.ricochet/e2-refused.hex'],
    [{ RICOCHET_STORE: '/data/ric.sqlite', DATABASE_URL: 'postgres://host/db' }, '.ricochet/e2-refused.hex'],
    [{ RICOCHET_E2_REFUSED: '/elsewhere/bad.hex' }, '/elsewhere/bad.hex'],
  ])('with %j keeps refused PDUs in %s', (environment, path) => {
    expect(refusedPdusPath(read(environment))).toBe(path);
  });
});
