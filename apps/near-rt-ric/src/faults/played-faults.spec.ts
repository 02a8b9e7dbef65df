import { PlayedFaults } from './played-faults.js';

describe('PlayedFaults', () => {
  it('are none until a simulator says so', async () => {
    const faults = new PlayedFaults();
    expect([faults.a1Out, faults.isCutOff('quota')]).toEqual([false, false]);
    await faults.a1();
  });

  it('cut off the xApps that are named, or all', () => {
    const faults = new PlayedFaults();
    faults.set({ cutOff: ['quota'], a1Out: false });
    expect(['quota', 'other'].map((name) => faults.isCutOff(name))).toEqual([true, false]);
    faults.set({ cutOff: 'all', a1Out: false });
    expect(faults.isCutOff('other')).toBe(true);
    faults.set({ cutOff: [], a1Out: false });
    expect(faults.isCutOff('quota')).toBe(false);
  });

  it('have who needs A1 wait until it is back', async () => {
    const faults = new PlayedFaults();
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
});
