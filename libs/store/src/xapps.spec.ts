import { onBothDatabases } from './databases.fixture.js';
import type { XAppDeploymentRecord, XAppEventSubscriptionRecord, XAppPackageRecord } from './xapp-records.js';

const packageOf = (version: string, more: Partial<XAppPackageRecord> = {}): XAppPackageRecord => ({
  name: 'kpi-monitor',
  version,
  digest: 'c0ffee',
  path: `/var/lib/ricochet/xapps/kpi-monitor/${version}`,
  builtin: false,
  descriptor: { xapp_name: 'kpi-monitor', version, containers: [{ name: 'main' }] },
  onboardedAtMs: 1_796_428_800_123,
  ...more,
});

const deployment: XAppDeploymentRecord = {
  name: 'kpi-monitor',
  version: '1.1.0',
  config: { periodMs: 100 },
  priority: 60,
  state: 'deployed',
  generation: 3,
  previous: { version: '1.0.0', config: {} },
  onTrial: true,
  initial: { path: '/x' },
  note: 'rolled back',
  changedAtMs: 1_796_428_800_456,
};

const eventSubscription = (
  id: string,
  more: Partial<XAppEventSubscriptionRecord> = {},
): XAppEventSubscriptionRecord => ({
  id,
  eventType: 'all',
  targetUrl: 'http://127.0.0.1:8080/events',
  maxRetries: 3,
  retryTimerS: 5,
  createdAtMs: 1_796_428_800_789,
  ...more,
});

describe('xApps in the store', () => {
  onBothDatabases(({ open }) => {
    it('keep their packages by name and version', async () => {
      const database = await open();
      const withSchema = packageOf('1.1.0', { controlsSchema: { type: 'object' }, builtin: true });
      for (const one of [packageOf('1.0.0'), packageOf('1.1.0'), packageOf('1.0.0', { name: 'another' })]) {
        await database.call('saveXAppPackage', one);
      }
      await database.call('saveXAppPackage', withSchema);
      expect(await database.call('xAppPackages', undefined)).toEqual([
        packageOf('1.0.0', { name: 'another' }),
        packageOf('1.0.0'),
        withSchema,
      ]);
      await database.call('deleteXAppPackage', { name: 'kpi-monitor', version: '1.0.0' });
      await database.call('deleteXAppPackage', { name: 'nobody', version: '1.0.0' });
      expect(await database.call('xAppPackages', undefined)).toHaveLength(2);
    });

    it('keep what shall run, whole', async () => {
      const database = await open();
      await database.call('saveXAppDeployment', deployment);
      expect(await database.call('xAppDeployments', undefined)).toEqual([deployment]);
      const { name, version, config, changedAtMs } = deployment;
      const bare = {
        name,
        version,
        config,
        changedAtMs,
        state: 'undeployed',
        generation: 4,
        onTrial: false,
      } as const;
      await database.call('saveXAppDeployment', bare);
      await database.call('saveXAppDeployment', { ...bare, name: 'another' });
      expect(await database.call('xAppDeployments', undefined)).toEqual([{ ...bare, name: 'another' }, bare]);
      await database.call('deleteXAppDeployment', 'another');
      expect(await database.call('xAppDeployments', undefined)).toEqual([bare]);
    });

    it('keep who is told of them', async () => {
      const database = await open();
      const [first, second] = [eventSubscription('b'), eventSubscription('a', { createdAtMs: 2e12 })];
      for (const one of [second, first, first]) await database.call('saveXAppEventSubscription', one);
      expect(await database.call('xAppEventSubscriptions', undefined)).toEqual([first, second]);
      const changed = { ...first, eventType: 'deployed', maxRetries: 0 };
      await database.call('saveXAppEventSubscription', changed);
      await database.call('deleteXAppEventSubscription', 'a');
      expect(await database.call('xAppEventSubscriptions', undefined)).toEqual([changed]);
    });
  });
});
