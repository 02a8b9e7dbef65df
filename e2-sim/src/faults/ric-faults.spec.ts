import { type RicFaults as FaultsInForce } from '@ricochet/contracts';
import { RicFaults } from './ric-faults.js';

describe('RicFaults', () => {
  it('tell what is in force whenever that changes', async () => {
    const told: FaultsInForce[] = [];
    const faults = new RicFaults((inForce) => Promise.resolve(void told.push(inForce)));
    await faults.start();
    await faults.begin({ kind: 'nats-outage', xapps: ['a', 'b'], atMs: 0, durationMs: 500 }, 1_000);
    await faults.begin({ kind: 'a1-outage', atMs: 0, durationMs: 1_000 }, 1_200);
    await faults.proceed(1_490);
    await faults.proceed(1_500);
    await faults.begin({ kind: 'nats-outage', atMs: 0, durationMs: 500 }, 2_000);
    await faults.begin({ kind: 'nats-outage', xapps: ['a'], atMs: 0, durationMs: 500 }, 2_100);
    await faults.proceed(2_200);
    await faults.proceed(2_500);
    await faults.proceed(9_000);
    await faults.proceed(9_010);
    expect(told).toEqual([
      { cutOff: [], a1Out: false },
      { cutOff: ['a', 'b'], a1Out: false },
      { cutOff: ['a', 'b'], a1Out: true },
      { cutOff: [], a1Out: true },
      { cutOff: 'all', a1Out: true },
      { cutOff: 'all', a1Out: true },
      { cutOff: 'all', a1Out: false },
      { cutOff: ['a'], a1Out: false },
      { cutOff: [], a1Out: false },
    ]);
  });
});
