import { type RicFaults as FaultsInForce } from '@ricochet/contracts';
import { RicFaultError, RicFaults, type RicFaultsOptions } from './ric-faults.js';

const NONE = { cutOff: [], a1Out: false };
const A1_OUTAGE = { kind: 'a1-outage', atMs: 0, durationMs: 1_000 } as const;

describe('RicFaults', () => {
  let told: FaultsInForce[];
  let untold: string[];

  beforeEach(() => {
    told = [];
    untold = [];
  });

  const faultsOf = (options: Partial<RicFaultsOptions>): RicFaults =>
    new RicFaults({
      tell: (inForce) => Promise.resolve(told.push(inForce)),
      mode: 'lockstep',
      speed: 1,
      onUntold: (reason) => untold.push(reason),
      ...options,
    });
  const silent = { tell: () => Promise.reject(new Error('no answer')) };

  it('tell what is in force whenever that changes', async () => {
    const faults = faultsOf({});
    await faults.start();
    await faults.begin({ kind: 'nats-outage', xapps: ['a', 'b'], atMs: 0, durationMs: 500 }, 1_000);
    await faults.begin(A1_OUTAGE, 1_200);
    await faults.proceed(1_490);
    await faults.proceed(1_500);
    await faults.begin({ kind: 'nats-outage', atMs: 0, durationMs: 500 }, 2_000);
    await faults.begin({ kind: 'nats-outage', xapps: ['a'], atMs: 0, durationMs: 500 }, 2_100);
    await faults.proceed(2_200);
    await faults.proceed(2_500);
    await faults.proceed(9_000);
    await faults.proceed(9_010);
    expect(told).toEqual([
      NONE,
      { cutOff: ['a', 'b'], a1Out: false },
      { cutOff: ['a', 'b'], a1Out: true },
      { cutOff: [], a1Out: true },
      { cutOff: 'all', a1Out: true },
      { cutOff: 'all', a1Out: true },
      { cutOff: 'all', a1Out: false },
      { cutOff: ['a'], a1Out: false },
      NONE,
    ]);
  });

  it('are over with the simulation', async () => {
    const faults = faultsOf({});
    await faults.begin(A1_OUTAGE, 0);
    await faults.end();
    await faults.end();
    expect(told).toEqual([{ cutOff: [], a1Out: true }, NONE]);
  });

  it('have a limit in real time: what is left of the last, at the speed, and some more', async () => {
    const faults = faultsOf({ mode: 'real-time', speed: 2 });
    await faults.begin(A1_OUTAGE, 1_000);
    await faults.begin({ kind: 'nats-outage', atMs: 0, durationMs: 5_000 }, 1_500);
    await faults.proceed(2_000);
    await faults.proceed(6_500);
    expect(told.map(({ limitMs }) => limitMs)).toEqual([2_500, 4_500, 4_250, undefined]);
  });

  it('end a run in lockstep that the RIC does not play them in', async () => {
    const faults = faultsOf(silent);
    await faults.start();
    await expect(faults.begin(A1_OUTAGE, 0)).rejects.toThrow(RicFaultError);
    await expect(faults.proceed(1_000)).rejects.toThrow(
      'the Near-RT RIC does not play the faults of the scenario: no answer',
    );
    expect(untold).toEqual([]);
  });

  it('go without in real time, and say so', async () => {
    const faults = faultsOf({ ...silent, mode: 'real-time' });
    await faults.begin(A1_OUTAGE, 0);
    expect(untold).toEqual(['the Near-RT RIC does not play the faults of the scenario: no answer']);
    await faults.end();
  });
});
