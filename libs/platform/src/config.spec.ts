import { z } from 'zod';
import { jsonText, readConfig } from './config.js';
import { deploymentSchema } from './deployment.config.js';
import { ConfigError } from './errors.js';

const schema = z.object({
  RICOCHET_URL: z.url(),
  RICOCHET_PORT: z.coerce.number().int().positive().default(4222),
});

describe('readConfig', () => {
  it('reads the keys of the schema, with their defaults, and no others', () => {
    expect(readConfig(schema, { RICOCHET_URL: 'nats://a:1', PATH: '/bin' })).toEqual({
      RICOCHET_URL: 'nats://a:1',
      RICOCHET_PORT: 4222,
    });
    expect(readConfig(schema, { RICOCHET_URL: 'nats://a:1', RICOCHET_PORT: '7' }).RICOCHET_PORT).toBe(7);
  });

  it('names every bad key in one line', () => {
    const read = () => readConfig(schema, { RICOCHET_PORT: '-1' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/^environment: RICOCHET_URL: [^\n]+; RICOCHET_PORT: [^\n]+$/);
  });

  it('has a stable code', () => {
    let code = '';
    try {
      readConfig(schema, {});
    } catch (error) {
      ({ code } = error as ConfigError);
    }
    expect(code).toBe('CONFIG_INVALID');
  });
});

describe('jsonText', () => {
  const schema = z.object({ THINGS: jsonText.pipe(z.array(deploymentSchema)).default([]) });

  it('reads the value behind the text, and says when there is none', () => {
    const THINGS = '[{"name":"a","path":"apps/a"}]';
    expect(readConfig(schema, { THINGS })).toEqual({ THINGS: [{ name: 'a', path: 'apps/a', config: {} }] });
    expect(readConfig(schema, {})).toEqual({ THINGS: [] });
    expect(() => readConfig(schema, { THINGS: '[' })).toThrow('environment: THINGS: expected JSON');
    expect(() => readConfig(schema, { THINGS: '[{"name":"a"}]' })).toThrow('environment: THINGS.0.path: ');
  });
});
