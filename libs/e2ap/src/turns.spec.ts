import { Turns } from './turns.js';

describe('Turns', () => {
  it('lets as many at once as it may, and the others in their order', async () => {
    const turns = new Turns();
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const all = [0, 1, 2, 3].map((index) =>
      turns.run(2, async () => {
        begun.push(index);
        await new Promise<void>((end) => (ends[index] = end));
        return index;
      }),
    );
    expect(begun).toEqual([0, 1]);
    ends[1]!();
    await expect(all[1]).resolves.toBe(1);
    expect(begun).toEqual([0, 1, 2]);
    ends[0]!();
    ends[2]!();
    await expect(all[2]).resolves.toBe(2);
    ends[3]!();
    await expect(Promise.all(all)).resolves.toEqual([0, 1, 2, 3]);
  });

  it('goes on after one that fails', async () => {
    const turns = new Turns();
    const failing = turns.run(1, () => Promise.reject(new Error('no')));
    const next = turns.run(1, () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });

  it('takes only so many that wait', async () => {
    const turns = new Turns();
    const never = () => new Promise<void>(() => undefined);
    for (let index = 0; index <= 4_096; index++) void turns.run(1, never);
    await expect(turns.run(1, never)).rejects.toThrow('4096 wait already');
  });
});
