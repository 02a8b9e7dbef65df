import { ControlTurns, type ControlTurn } from './control-turns.js';

const turn = (xapp: string, requestorId: number, more: Partial<ControlTurn> = {}): ControlTurn => ({
  xapp,
  requestorId,
  priority: 50,
  sequence: 1,
  ...more,
});

describe('ControlTurns', () => {
  it('counts the handlers whose controls wait', () => {
    const turns = new ControlTurns();
    for (const callProcessId of ['0a', '0a', '0b', undefined, undefined]) {
      void turns.wait(turn('a', 2, { callProcessId, sequence: turns.waitingOf('a') }));
    }
    void turns.wait(turn('b', 3));
    expect(turns.waitingOf('a')).toBe(4);
  });

  it('lets those that wait go in their order, whichever came first', async () => {
    const turns = new ControlTurns();
    const gone: string[] = [];
    const wait = (name: string, of: ControlTurn) => turns.wait(of).then(() => gone.push(name));
    const all = [
      wait('second', turn('b', 3)),
      wait('first again', turn('a', 2, { sequence: 2 })),
      wait('high', turn('c', 4, { priority: 60 })),
      wait('first', turn('a', 2)),
    ];
    expect(turns.waitingOf('a')).toBe(2);
    expect(turns.isEmpty).toBe(false);
    await Promise.resolve();
    expect(gone).toEqual([]);
    turns.release();
    await Promise.all(all);
    expect(gone).toEqual(['high', 'first', 'first again', 'second']);
    expect(turns.isEmpty).toBe(true);
  });
});
