import { ManualTimers } from '../manual-timers.fixture.js';
import { PlayedFaults } from './played-faults.js';

describe('PlayedFaults', () => {
  let timers: ManualTimers;
  let faults: PlayedFaults;

  beforeEach(() => {
    timers = new ManualTimers();
    faults = new PlayedFaults(timers);
  });

  it('are none until a simulator says so', async () => {
    expect([faults.a1Out, faults.isCutOff('quota')]).toEqual([false, false]);
    await faults.a1();
  });

  it('cut off the xApps that are named, or all', () => {
    faults.set({ cutOff: ['quota'], a1Out: false });
    expect(['quota', 'other'].map((name) => faults.isCutOff(name))).toEqual([true, false]);
    faults.set({ cutOff: 'all', a1Out: false });
    expect(faults.isCutOff('other')).toBe(true);
    faults.set({ cutOff: [], a1Out: false });
    expect(faults.isCutOff('quota')).toBe(false);
  });

  it('have who needs A1 wait until it is back', async () => {
    const done: string[] = [];
    faults.onA1Back(() => done.push('told'));
    faults.set({ cutOff: [], a1Out: true });
    const waiting = faults.a1().then(() => done.push('waited'));
    faults.set({ cutOff: 'all', a1Out: true });
    await Promise.resolve();
    expect(done).toEqual([]);
    faults.set({ cutOff: [], a1Out: false });
    await waiting;
    expect(done).toEqual(['told', 'waited']);
  });

  it('are over when their limit has passed, though nobody says so', async () => {
    faults.set({ cutOff: 'all', a1Out: true, limitMs: 1_000 });
    const waiting = faults.a1();
    timers.advance(999);
    expect([faults.a1Out, faults.isCutOff('quota')]).toEqual([true, true]);
    timers.advance(1);
    expect([faults.a1Out, faults.isCutOff('quota')]).toEqual([false, false]);
    await waiting;
  });

  it('have the limit of what was said last, if it has any', () => {
    faults.set({ cutOff: 'all', a1Out: false, limitMs: 1_000 });
    faults.set({ cutOff: 'all', a1Out: false, limitMs: 5_000 });
    timers.advance(2_000);
    expect(faults.isCutOff('quota')).toBe(true);
    faults.set({ cutOff: 'all', a1Out: false });
    timers.advance(60_000);
    expect(faults.isCutOff('quota')).toBe(true);
  });

  it('let only so many wait for A1: who came first is told that it is out', async () => {
    faults.set({ cutOff: [], a1Out: true });
    const first = faults.a1();
    const later = Array.from({ length: 64 }, () => faults.a1());
    await expect(first).rejects.toThrow('A1 is out, and 64 later requests wait for it');
    faults.set({ cutOff: [], a1Out: false });
    await Promise.all(later);
  });
});
