import { performance } from 'node:perf_hooks';
import { BASE_PERIOD_MS } from '../report-windows.js';
import { type Simulation } from '../simulation.js';
import { runInRealTime, type RealTimeClockOptions } from './real-time.clock.js';

/** A simulation of nothing that writes down what the clock asks of it. */
class StubSimulation {
  timeMs = 0;
  readonly calls: string[] = [];
  periods = 0;

  constructor(
    private readonly onPeriod: (period: number) => void = () => undefined,
    private readonly reports: readonly string[] = ['fast 1', 'fast 2', 'slow 1', 'slow 2'],
  ) {}

  readonly events = { playDue: (): void => void this.calls.push('events') };

  advance(slots: number): void {
    this.timeMs += slots;
    this.calls.push(`${slots}`);
  }

  endPeriod(): void {
    this.periods += 1;
    this.calls.push('end');
    this.onPeriod(this.periods);
  }

  dueReports(): (() => void)[] {
    return this.reports.map((report) => () => void this.calls.push(report));
  }

  sample(): void {
    this.calls.push('sample');
  }
}

async function run(stub: StubSimulation, options: Partial<RealTimeClockOptions> = {}): Promise<number[]> {
  const late: number[] = [];
  await runInRealTime(stub as unknown as Simulation, {
    speed: 100,
    untilMs: 200,
    nowMs: () => performance.now(),
    signal: new AbortController().signal,
    onLate: (lateMs) => late.push(lateMs),
    ...options,
  });
  return late;
}

describe('runInRealTime', () => {
  it('steps to the end and is not late', async () => {
    const stub = new StubSimulation();
    expect(await run(stub)).toEqual([]);
    expect(stub.timeMs).toBe(200);
  });

  it('sends the reports in their order, and samples after them', async () => {
    const stub = new StubSimulation();
    await run(stub, { untilMs: BASE_PERIOD_MS });
    expect(stub.calls).toEqual(['events', '10', 'end', 'fast 1', 'fast 2', 'slow 1', 'slow 2', 'sample']);
  });

  it('spreads the reports of a period evenly over the ticks of the next one, but for its last', async () => {
    const stub = new StubSimulation(
      undefined,
      ['1', '2', '3', '4'].map((node) => `node ${node}`),
    );
    await run(stub, { speed: 1, untilMs: 2 * BASE_PERIOD_MS });
    const silent = ['2', '2', '2', '2', '2', 'end'];
    const second = ['2', 'node 1', 'node 2', '2', 'node 3', '2', 'node 4', '2', 'sample', '2', 'end'];
    expect(stub.calls).toEqual([
      'events',
      ...silent,
      'events',
      ...second,
      ...['node 1', 'node 2', 'node 3', 'node 4', 'sample'],
    ]);
  });

  it.each([1, 2])('is no faster than the wall clock times %d', async (speed) => {
    const startMs = performance.now();
    await run(new StubSimulation(), { speed, untilMs: 80 });
    // Timers of Node may fire a millisecond early.
    expect(performance.now() - startMs).toBeGreaterThan(80 / speed - 2);
  });

  it('catches up when it is a little late', async () => {
    let offsetMs = 0;
    const stub = new StubSimulation((period) => {
      if (period === 2) offsetMs = 500;
    });
    const startMs = performance.now();
    expect(await run(stub, { speed: 1, untilMs: 400, nowMs: () => performance.now() + offsetMs })).toEqual(
      [],
    );
    expect(stub.timeMs).toBe(400);
    expect(performance.now() - startMs).toBeLessThan(400);
  });

  it('gives catching up up when it is far behind, says so once and goes on', async () => {
    let offsetMs = 0;
    const stub = new StubSimulation((period) => {
      if (period === 2) offsetMs = 5_000;
    });
    const startMs = performance.now();
    const late = await run(stub, { speed: 1, untilMs: 100, nowMs: () => performance.now() + offsetMs });
    expect(late).toHaveLength(1);
    expect(Math.abs((late[0] ?? 0) - 5_000)).toBeLessThan(500);
    expect(stub.timeMs).toBe(100);
    // From there on it is paced as before.
    expect(performance.now() - startMs).toBeGreaterThan(78);
  });

  it('ends when it is told to, and has no other end when the end is 0', async () => {
    const stop = new AbortController();
    const stub = new StubSimulation((period) => {
      if (period === 30) stop.abort();
    });
    await run(stub, { untilMs: 0, signal: stop.signal });
    expect(stub.periods).toBe(30);
  });

  it('does not wait for its next slots once it is told to end', async () => {
    const stop = new AbortController();
    const stub = new StubSimulation();
    const startMs = performance.now();
    setImmediate(() => stop.abort());
    await run(stub, { speed: 0.001, untilMs: 0, signal: stop.signal });
    expect(performance.now() - startMs).toBeLessThan(500);
    expect(stub.calls).toEqual(['events', '1']);
  });
});
