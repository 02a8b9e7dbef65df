import { Injections } from './injections.js';

describe('Injections', () => {
  it('plays what waits at the next step, once, and tells who asked', async () => {
    const injections = new Injections();
    const played: unknown[] = [];
    const play = (event: unknown): string => `played ${played.push(event)}`;
    injections.play(0, play);
    const first = injections.add({ kind: 'cell-off', cells: [1] }, 2);
    const second = injections.add({ kind: 'cell-on', cells: [1] }, 2);
    expect(played).toEqual([]);
    injections.play(70, play);
    injections.play(80, play);
    expect(await first).toEqual({ text: 'played 1', timeMs: 70 });
    expect(await second).toEqual({ text: 'played 2', timeMs: 70 });
    expect(played).toEqual([
      { kind: 'cell-off', cells: [0], atMs: 70 },
      { kind: 'cell-on', cells: [0], atMs: 70 },
    ]);
  });

  it('refuses what is no event, and plays nothing', async () => {
    const injections = new Injections();
    await expect(injections.add({ kind: 'cell-off', cells: [3] }, 2)).rejects.toThrow(
      'DU from 1 to 2, got 3',
    );
    injections.play(0, () => fail('played'));
  });

  it('tells who asked when it can not be played, and goes on', async () => {
    const injections = new Injections();
    const bad = injections.add({ kind: 'cell-off', cells: [1] }, 2);
    const good = injections.add({ kind: 'cell-on', cells: [1] }, 2);
    injections.play(10, ({ kind }) => {
      if (kind === 'cell-off') throw new Error('out of order');
      return kind;
    });
    await expect(bad).rejects.toThrow('out of order');
    expect(await good).toEqual({ text: 'cell-on', timeMs: 10 });
  });
});
