import { type Bus } from '@ricochet/bus';
import { OperatorLog } from '../status/operator-log.service.js';
import { ManualTimers } from '../manual-timers.fixture.js';
import { E2Listeners, type E2ListenersOptions } from './e2-listeners.js';
import { Strangers } from './strangers.js';

process.env['RICOCHET_LOG_LEVEL'] = 'silent';

/** A bus to which nobody comes. */
const bus = { subscribeBytes: () => () => undefined, serve: () => () => undefined } as unknown as Bus;
const open = async (options: Pick<E2ListenersOptions, 'codec' | 'sctp'>): Promise<E2Listeners> => {
  const listeners = new E2Listeners({
    bus,
    timers: new ManualTimers(),
    log: new OperatorLog(),
    allowed: undefined,
    strangers: new Strangers(new ManualTimers(), () => undefined),
    onAssociation: () => undefined,
    ...options,
  });
  await listeners.open();
  return listeners;
};

describe('E2 listeners', () => {
  it('say nothing of SCTP when it was not asked for', async () => {
    expect((await open({ codec: 'json', sctp: 'none' })).sctpState).toBeUndefined();
  });

  it('do without SCTP where it can not be had, and say why', async () => {
    expect((await open({ codec: 'json', sctp: 'auto' })).sctpState).toBe(
      'no nodes are taken: the E2 codec json needs NATS: SCTP carries aper alone',
    );
  });

  it('insist on an address that was given', async () => {
    const address = { kind: 'sctp', host: '127.0.0.1', port: 36_421 } as const;
    await expect(open({ codec: 'json', sctp: address })).rejects.toThrow('needs NATS');
  });
});
