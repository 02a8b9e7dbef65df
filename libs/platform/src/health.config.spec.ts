import { z } from 'zod';
import { readConfig } from './config.js';
import { healthConfig, httpAddressSchema } from './health.config.js';

describe('httpAddressSchema', () => {
  it.each([
    ['8080', '127.0.0.1', 8080],
    ['0', '127.0.0.1', 0],
    ['0.0.0.0:65535', '0.0.0.0', 65_535],
    ['localhost:80', 'localhost', 80],
    ['[::1]:8080', '::1', 8080],
    ['[::]:8080', '::', 8080],
  ])('reads %s', (text, host, port) => {
    expect(httpAddressSchema.parse(text)).toEqual({ host, port });
  });

  it.each([
    '',
    ':',
    ':80',
    'localhost',
    'localhost:',
    '65536',
    'a:99999',
    'a:b',
    '::1',
    '::1:80',
    'a b:80',
    '-1',
    '80/',
    'http://a:80',
    '1e3',
  ])('refuses "%s"', (text) => {
    const result = httpAddressSchema.safeParse(text);
    expect(result.error?.issues).toEqual([
      expect.objectContaining({ message: `expected host:port or a port, got "${text}"` }),
    ]);
  });
});

describe('healthConfig', () => {
  const schema = z.object(healthConfig);

  it('serves nothing unless told where', () => {
    expect(readConfig(schema, {})).toEqual({ RICOCHET_NODE_METRICS: false });
    expect(readConfig(schema, { RICOCHET_HTTP: '0.0.0.0:9464', RICOCHET_NODE_METRICS: 'true' })).toEqual({
      RICOCHET_HTTP: { host: '0.0.0.0', port: 9464 },
      RICOCHET_NODE_METRICS: true,
    });
  });

  it('names a bad address', () => {
    expect(() => readConfig(schema, { RICOCHET_HTTP: 'http://localhost' })).toThrow(
      'environment: RICOCHET_HTTP: expected host:port or a port, got "http://localhost"',
    );
  });
});
