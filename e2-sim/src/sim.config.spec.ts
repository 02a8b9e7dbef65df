import { readConfig } from '@ricochet/platform';
import { simConfigSchema } from './sim.config.js';

const MINIMUM = { RICOCHET_NATS_URL: 'nats://127.0.0.1:4222', RICOCHET_SCENARIO: 'scenario.yaml' };

describe('simConfigSchema', () => {
  it('has the nodes connect over NATS, unless it is told where else', () => {
    expect(readConfig(simConfigSchema, MINIMUM).RICOCHET_E2).toEqual({ kind: 'nats' });
    const { RICOCHET_E2 } = readConfig(simConfigSchema, { ...MINIMUM, RICOCHET_E2: 'sctp://ric.example' });
    expect(RICOCHET_E2).toEqual({ kind: 'sctp', host: 'ric.example', port: 36421 });
  });

  it.each([
    [
      { RICOCHET_E2: 'sctp://' },
      'RICOCHET_E2: expected nats or sctp://host:port, got "sctp://": "" is no host',
    ],
    [
      { RICOCHET_E2: 'sctp://ric', RICOCHET_E2_CODEC: 'json' },
      'RICOCHET_E2_CODEC: over SCTP E2AP is aligned PER: "json" is for RICOCHET_E2=nats',
    ],
  ])('refuses %j', (env, message) => {
    expect(() => readConfig(simConfigSchema, { ...MINIMUM, ...env })).toThrow(`environment: ${message}`);
  });
});
