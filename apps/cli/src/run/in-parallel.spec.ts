import { inParallel } from './in-parallel.js';

/** Work that ends when it is told to. */
function handedOut() {
  const begun: string[] = [];
  const ends = new Map<string, { resolve: (value: string) => void; reject: (error: Error) => void }>();
  const work = (item: string): Promise<string> => {
    begun.push(item);
    return new Promise((resolve, reject) => ends.set(item, { resolve, reject }));
  };
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
  };
  const end = async (item: string, error?: Error): Promise<void> => {
    if (error === undefined) ends.get(item)?.resolve(item.toUpperCase());
    else ends.get(item)?.reject(error);
    await settle();
  };
  return { begun, work, end };
}

describe('inParallel', () => {
  it('does so many at a time, and tells results in the order of the items, whichever ends first', async () => {
    const { begun, work, end } = handedOut();
    const told: string[] = [];
    const all = inParallel(['a', 'b', 'c'], {
      jobs: 2,
      work,
      onDone: (result, index) => told.push(`${index} ${result}`),
    });
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('c');
    expect(told).toEqual([]);
    await end('a');
    expect(told).toEqual(['0 A', '1 B', '2 C']);
    expect(await all).toEqual(['A', 'B', 'C']);
  });

  it('begins no other when one has failed, and waits for those that are under way', async () => {
    const { begun, work, end } = handedOut();
    let ended = false;
    const all = inParallel(['a', 'b', 'c'], { jobs: 2, work }).finally(() => (ended = true));
    all.catch(() => undefined);
    await end('a', new Error('no a'));
    expect({ begun, ended }).toEqual({ begun: ['a', 'b'], ended: false });
    await end('b', new Error('no b'));
    await expect(all).rejects.toThrow('no a');
    expect(begun).toEqual(['a', 'b']);
  });

  it('has nothing to do without items', async () => {
    expect(await inParallel([], { jobs: 3, work: () => Promise.resolve(1) })).toEqual([]);
  });
});
