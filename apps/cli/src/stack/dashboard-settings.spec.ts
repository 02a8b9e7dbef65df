import { once } from 'node:events';
import { createServer } from 'node:net';
import { apiSettings } from './api-settings.js';
import { dashboardNotice, dashboardSettings } from './dashboard-settings.js';

describe('dashboardSettings', () => {
  it('serves where it is told to, to who has the keys of the API', async () => {
    const api = await apiSettings();
    const settings = await dashboardSettings(api, '0.0.0.0:9000');
    expect(settings).toEqual({ address: '0.0.0.0:9000', keys: api.keys, url: 'http://localhost:9000' });
    expect(await dashboardSettings(api, '[::1]:9000')).toMatchObject({
      address: '[::1]:9000',
      url: 'http://localhost:9000',
    });
    expect(await dashboardSettings(api, 'ric.example:80')).toMatchObject({ url: 'http://ric.example:80' });
  });

  it('goes on to the next port that is free, and says so', async () => {
    const taken = createServer().listen({ host: '127.0.0.1', port: 8_080 });
    // Somebody else may have it: then it is taken all the same.
    await once(taken, 'listening').catch(() => undefined);
    try {
      const settings = await dashboardSettings(await apiSettings());
      expect(settings.address).toMatch(/^127\.0\.0\.1:8[01]\d\d$/);
      expect(settings.address).not.toBe('127.0.0.1:8080');
      expect(dashboardNotice(settings, 'k')[0]).toMatch(
        /^Page: http:\/\/localhost:8[01]\d\d \(port 8080 is taken\)$/,
      );
    } finally {
      taken.close();
    }
  });
});
