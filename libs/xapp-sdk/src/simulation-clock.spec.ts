import { SimulationClock } from './simulation-clock.js';

describe('SimulationClock', () => {
  const clockWith = (set: (clock: SimulationClock, fired: (string | number)[]) => void) => {
    const fired: (string | number)[] = [];
    const clock = new SimulationClock((error) => fired.push((error as Error).message));
    set(clock, fired);
    const to = async (timeMs: number, periodMs = 10): Promise<(string | number)[]> => {
      await clock.advance({ timeMs, periodMs });
      return fired.splice(0);
    };
    return { to };
  };

  it('fires a periodic timer at the multiples of its period, once where reports skip some', async () => {
    const { to } = clockWith((clock, fired) => clock.every(20, (timeMs) => void fired.push(timeMs)));
    expect(await to(10)).toEqual([]);
    expect(await to(20)).toEqual([20]);
    expect(await to(20)).toEqual([]);
    expect(await to(30)).toEqual([]);
    expect(await to(95)).toEqual([95]);
    expect(await to(100)).toEqual([100]);
  });

  it('counts from the start of the first report', async () => {
    const { to } = clockWith((clock, fired) => {
      clock.after(10, (timeMs) => void fired.push(`after ${timeMs}`));
      clock.every(500, (timeMs) => void fired.push(`every ${timeMs}`));
    });
    expect(await to(1_500, 100)).toEqual(['after 1500', 'every 1500']);
    expect(await to(1_600, 100)).toEqual([]);
  });

  it('fires in the order in which timers are due, and those that are set meanwhile in their turn', async () => {
    const { to } = clockWith((clock, fired) => {
      clock.after(30, () => void fired.push('late'));
      clock.after(20, () => {
        fired.push('early');
        clock.after(5, () => void fired.push('next'));
      });
    });
    expect(await to(10)).toEqual([]);
    expect(await to(40)).toEqual(['early', 'late']);
    expect(await to(44)).toEqual([]);
    expect(await to(45)).toEqual(['next']);
  });

  it('ends timers, even by one that is due at the same time', async () => {
    const { to } = clockWith((clock, fired) => {
      const cancels = [1, 2].map((n) =>
        clock.every(10 * n, () => {
          fired.push(n);
          cancels.forEach((cancel) => cancel());
        }),
      );
    });
    expect(await to(5, 5)).toEqual([]);
    expect(await to(20, 5)).toEqual([1]);
    expect(await to(60, 5)).toEqual([]);
  });

  it('goes on after a handler that throws, and tells', async () => {
    const { to } = clockWith((clock, fired) => {
      clock.every(10, () => {
        throw new Error('stumbles');
      });
      clock.every(10, () => void fired.push('goes on'));
    });
    expect(await to(10)).toEqual(['stumbles', 'goes on']);
    expect(await to(20)).toEqual(['stumbles', 'goes on']);
  });

  it('takes no notice of reports that are a little late, and begins anew with another simulation', async () => {
    const { to } = clockWith((clock, fired) => clock.every(100, (timeMs) => void fired.push(timeMs)));
    expect(await to(50_000)).toEqual([50_000]);
    expect(await to(49_900)).toEqual([]);
    expect(await to(90)).toEqual([]);
    expect(await to(100)).toEqual([100]);
  });

  it('refuses times that are not positive', () => {
    const clock = new SimulationClock(() => undefined);
    expect(() => clock.every(0, () => undefined)).toThrow('a timer of 0 ms: expected more than 0');
    expect(() => clock.after(NaN, () => undefined)).toThrow(RangeError);
  });
});
