import { processUsage } from './process-usage.js';
import { ResourceWatch } from './resource-watch.js';

const MIB = 1_048_576;

describe('the watch over a process', () => {
  it('ends it at once when it has more memory than it may', () => {
    const watch = new ResourceWatch({ memoryMiB: 64 });
    expect(watch.take({ rssBytes: 64 * MIB, cpuMs: 0 }, 0)).toBeUndefined();
    expect(watch.take({ rssBytes: 80 * MIB, cpuMs: 0 }, 1_000)).toEqual({
      action: 'end',
      reason: 'it used 80 MiB of memory, 64 are its limit',
    });
  });

  /** Verdicts of one process that uses so many cores in each second. */
  const verdicts = (cores: readonly number[], cpuCores: number): string[] => {
    const watch = new ResourceWatch({ cpuCores });
    let cpuMs = 700;
    const found: string[] = [];
    [0, ...cores].forEach((used, second) => {
      cpuMs += used * 1_000;
      const verdict = watch.take({ rssBytes: 0, cpuMs }, 50 + second * 1_000);
      if (verdict !== undefined) found.push(`${second} s ${verdict.action}: ${verdict.reason}`);
    });
    return found;
  };
  const seconds = (count: number, cores: number): number[] => new Array<number>(count).fill(cores);

  it('warns after five seconds above its share of CPU, and ends it after five more', () => {
    expect(verdicts(seconds(10, 1.5), 1)).toEqual([
      '5 s warn: it used 1.50 cores over 5 s, 1 are its limit',
      '10 s end: it used 1.50 cores over 5 s, 1 are its limit',
    ]);
  });

  it('lets bursts pass, and forgets a warning when it has kept to its share since', () => {
    expect(verdicts([2, 2, 0, 0, 0, ...seconds(5, 0.9)], 1)).toEqual([]);
    expect(verdicts([...seconds(5, 2), ...seconds(5, 1), ...seconds(5, 2)], 1)).toEqual([
      expect.stringMatching(/^5 s warn/),
      expect.stringMatching(/^15 s warn/),
    ]);
  });

  it('has nothing to say where there is no limit', () => {
    const watch = new ResourceWatch({});
    for (let s = 0; s < 20; s++) {
      expect(watch.take({ rssBytes: 9e12, cpuMs: 9_000 * s }, 1_000 * s)).toBeUndefined();
    }
  });
});

describe('what a process uses', () => {
  it('is read from the system', () => {
    const usage = processUsage(process.pid);
    const { rss } = process.memoryUsage();
    expect(usage?.rssBytes).toBeGreaterThan(rss / 2);
    expect(usage?.rssBytes).toBeLessThan(rss * 2);
    expect(usage?.cpuMs).toBeGreaterThan(0);
  });

  it('is unknown of one that is gone', () => {
    expect(processUsage(2 ** 30)).toBeUndefined();
  });
});
