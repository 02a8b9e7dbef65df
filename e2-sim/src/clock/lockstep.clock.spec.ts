import { Bus, EmbeddedNats } from '@ricochet/bus';
import { lockstepPeriod, lockstepReady, simulationGate } from '@ricochet/contracts';
import { BASE_PERIOD_MS } from '../report-windows.js';
import { type Simulation } from '../simulation.js';
import { LockstepError, runInLockstep } from './lockstep.clock.js';

/** A simulation of nothing that writes down what the clock asks of it. */
class StubSimulation {
  timeMs = 0;
  readonly calls: string[] = [];
  readonly indicationsSent = { 'node-1': 7, 'node-2': 8 };
  /** Steps before which nodes have to connect. */
  disturbedAt = [0];

  readonly events = {
    expectedNodes: ['node-1', 'node-2'],
    goneNodes: ['node-3'],
    playDue: (): void => void this.calls.push('events'),
    proceduresEnded: async (): Promise<void> => {
      await Promise.resolve();
      this.calls.push('answered');
    },
    takeDisturbed: (): boolean => this.disturbedAt.includes(this.timeMs),
  };

  advance(): void {
    this.timeMs += BASE_PERIOD_MS;
    this.calls.push(`step to ${this.timeMs}`);
  }

  endPeriod(): void {}

  dueReports(): (() => void)[] {
    return [() => void this.calls.push('report')];
  }

  sample(): void {
    this.calls.push('sample');
  }

  executePending(): void {
    this.calls.push('execute');
  }
}

describe('runInLockstep over a real nats-server', () => {
  let nats: EmbeddedNats;
  let ric: Bus;
  let sim: Bus;
  let stub: StubSimulation;
  let waited: string[];

  beforeAll(async () => {
    nats = await EmbeddedNats.start();
  });
  beforeEach(async () => {
    const connect = (name: string) => Bus.connect({ url: nats.url, name, onTrouble: () => undefined });
    [ric, sim] = await Promise.all([connect('ric'), connect('sim')]);
    stub = new StubSimulation();
    waited = [];
  });
  afterEach(() => Promise.all([ric.close(), sim.close()]));
  afterAll(() => nats.stop());

  const run = (signal = new AbortController().signal, gateMs = 0): Promise<void> =>
    runInLockstep(stub as unknown as Simulation, {
      bus: sim,
      untilMs: 30,
      signal,
      gateMs,
      onWaiting: (waitingFor) => waited.push(waitingFor.join()),
    });
  const serve = async (
    ready: () => string[],
    period: (timeMs: number) => string[] | Promise<string[]>,
  ): Promise<void> => {
    ric.serve(lockstepReady, ({ nodes, gone }) => {
      expect({ nodes, gone }).toEqual({ nodes: stub.events.expectedNodes, gone: stub.events.goneNodes });
      return { waitingFor: ready() };
    });
    ric.serve(lockstepPeriod, async ({ timeMs, indications }) => {
      expect(indications).toEqual(stub.indicationsSent);
      return { missing: await period(timeMs) };
    });
    await ric.flush();
  };

  it('goes through each period in order: events and what nodes do about them, slots, reports, the barrier, controls', async () => {
    const asked: number[] = [];
    await serve(
      () => [],
      async (timeMs) => {
        asked.push(timeMs);
        await new Promise((resolve) => setImmediate(resolve));
        expect(stub.calls).not.toContain(`step to ${timeMs + BASE_PERIOD_MS}`);
        return [];
      },
    );
    await run();
    expect(asked).toEqual([10, 20, 30]);
    expect(stub.calls).toEqual(
      asked.flatMap((timeMs) => ['events', 'answered', `step to ${timeMs}`, 'report', 'sample', 'execute']),
    );
    expect(waited).toEqual([]);
  });

  it('waits at the gate for who records, and asks who is ready when somebody else decides from then on', async () => {
    const asked: string[] = [];
    await serve(
      () => {
        asked.push(`ready at ${stub.timeMs}`);
        return [];
      },
      () => [],
    );
    ric.serve(simulationGate, async ({ timeMs }) => {
      await new Promise((resolve) => setImmediate(resolve));
      expect(stub.timeMs).toBe(timeMs);
      asked.push(`gate at ${timeMs}`);
      return { disturbed: timeMs === 20 };
    });
    await ric.flush();
    await run(undefined, 10);
    expect(asked).toEqual(['ready at 0', 'gate at 10', 'gate at 20', 'ready at 20']);
  });

  it('says that who records is gone', async () => {
    await serve(
      () => [],
      () => [],
    );
    await expect(run(undefined, 20)).rejects.toThrow(/^at 20 ms: who records does not answer: /);
  });

  it('does not begin before everybody is there, and says once whom it waits for', async () => {
    const answers = [['xApp a', 'xApp b'], ['xApp b'], ['xApp b'], []];
    const steps: number[] = [];
    await serve(
      () => {
        steps.push(stub.timeMs);
        return answers.shift() ?? [];
      },
      () => [],
    );
    await run();
    expect(steps).toEqual([0, 0, 0, 0]);
    expect(waited).toEqual(['xApp a,xApp b', 'xApp b']);
  });

  it('waits for a Near-RT RIC that starts later', async () => {
    const running = run();
    while (waited.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await serve(
      () => [],
      () => [],
    );
    await running;
    expect(waited).toEqual(['the Near-RT RIC']);
    expect(stub.timeMs).toBe(30);
  });

  it('asks again who is there when nodes have to connect anew', async () => {
    const asked: number[] = [];
    stub.disturbedAt = [0, 20];
    await serve(
      () => {
        asked.push(stub.timeMs);
        return [];
      },
      () => [],
    );
    await run();
    expect(asked).toEqual([0, 20]);
  });

  it('names who has not settled, and when', async () => {
    await serve(
      () => [],
      (timeMs) => (timeMs === 20 ? ['xApp slow', 'answers to 2 controls'] : []),
    );
    const running = run();
    await expect(running).rejects.toThrow(LockstepError);
    await expect(running).rejects.toThrow(/^at 20 ms: .*xApp slow, answers to 2 controls$/);
    expect(stub.calls.filter((call) => call === 'execute')).toHaveLength(1);
  });

  it('says that the Near-RT RIC does not answer any more', async () => {
    await serve(
      () => [],
      () => {
        throw new Error('the RIC stumbles');
      },
    );
    await expect(run()).rejects.toThrow('at 10 ms: the Near-RT RIC does not answer: the RIC stumbles');
  });

  it('says that a fault of the scenario is not played', async () => {
    stub.events.proceduresEnded = () => Promise.reject(new Error('the RIC does not play it'));
    const running = run();
    await expect(running).rejects.toThrow(LockstepError);
    await expect(running).rejects.toThrow('at 0 ms: the RIC does not play it');
  });

  it('ends without a fault when it is told to, also while it waits', async () => {
    const stop = new AbortController();
    const running = run(stop.signal);
    while (waited.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await running;
    expect(stub.calls).toEqual(['events', 'answered']);
  });

  it('ends without a fault when NATS is closed under it because it is told to end', async () => {
    const stop = new AbortController();
    await serve(
      () => [],
      async () => {
        stop.abort();
        await sim.close();
        return ['everybody'];
      },
    );
    await expect(run(stop.signal)).resolves.toBeUndefined();
    expect(stub.timeMs).toBe(BASE_PERIOD_MS);
  });
});
