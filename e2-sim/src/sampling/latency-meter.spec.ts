import { performance } from 'node:perf_hooks';
import { LatencyMeter } from './latency-meter.js';

describe('LatencyMeter', () => {
  let nowMs = 1_000;

  beforeEach(() => {
    nowMs = 1_000;
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** One indication whose control is applied so much later. */
  const loop = (meter: LatencyMeter, latencyMs: number): void => {
    const id = meter.indicationSent();
    nowMs += latencyMs;
    meter.controlApplied(id);
  };

  it('has measured nothing at first', () => {
    const nothing = { count: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, maxMs: 0 };
    expect(new LatencyMeter().overall).toEqual(nothing);
    expect(new LatencyMeter().ofLate).toEqual(nothing);
  });

  it('tells the percentiles of 1 to 100 ms', () => {
    const meter = new LatencyMeter();
    for (let ms = 1; ms <= 100; ms++) loop(meter, ms);
    const { count, p50Ms, p90Ms, p99Ms, maxMs } = meter.overall;
    expect(count).toBe(100);
    const expected = [50, 90, 99, 100];
    [p50Ms, p90Ms, p99Ms, maxMs].forEach((ms, i) => {
      expect(Math.abs(ms / (expected[i] as number) - 1)).toBeLessThan(0.01);
    });
  });

  it('matches controls with their indications whatever their order, and several of one', () => {
    const meter = new LatencyMeter();
    const first = meter.indicationSent();
    nowMs += 10;
    const second = meter.indicationSent();
    expect(second).not.toBe(first);
    nowMs += 10;
    meter.controlApplied(second);
    meter.controlApplied(first);
    meter.controlApplied(first);
    const { count, maxMs, p50Ms } = meter.overall;
    expect(count).toBe(3);
    expect(Math.round(maxMs)).toBe(20);
    expect(Math.round(p50Ms)).toBe(20);
  });

  it.each([0, 7, -1, 65_537, 0.5, NaN, 1e99])('ignores the unknown call process id %d', (id) => {
    const meter = new LatencyMeter();
    meter.controlApplied(id);
    expect(meter.overall.count).toBe(0);
  });

  it('remembers the newest of very many indications', () => {
    const meter = new LatencyMeter();
    for (let i = 0; i < 65_536; i++) meter.indicationSent();
    nowMs += 500;
    loop(meter, 5);
    expect(Math.round(meter.overall.maxMs)).toBe(5);
  });

  it('tells of late what the last seconds showed', () => {
    const meter = new LatencyMeter();
    loop(meter, 100);
    expect(Math.round(meter.ofLate.maxMs)).toBe(100);
    nowMs += 6_000;
    expect(Math.round(meter.ofLate.maxMs)).toBe(100);
    loop(meter, 1);
    nowMs += 6_000;
    expect(Math.round(meter.ofLate.maxMs)).toBe(1);
    expect(Math.round(meter.overall.maxMs)).toBe(100);
  });

  it('forgets the warm-up', () => {
    const meter = new LatencyMeter();
    loop(meter, 100);
    meter.restart();
    loop(meter, 2);
    expect(meter.overall.count).toBe(1);
    expect(Math.round(meter.overall.maxMs)).toBe(2);
  });
});
