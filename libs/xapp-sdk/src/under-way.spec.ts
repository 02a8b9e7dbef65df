import { UnderWay } from './under-way.js';

/** Work that ends when it is told to. */
function work(): { readonly promise: Promise<void>; readonly end: () => void; readonly fail: () => void } {
  let [end, fail] = [(): void => undefined, (): void => undefined];
  const promise = new Promise<void>(
    (resolve, reject) => ([end, fail] = [resolve, () => reject(new Error())]),
  );
  return { promise, end: () => end(), fail: () => fail() };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('UnderWay', () => {
  it('is idle at once when nothing was added, or all has settled', async () => {
    const underWay = new UnderWay();
    await underWay.idle();
    underWay.add(Promise.resolve());
    await turn();
    await underWay.idle();
  });

  it('waits for all that was added so far, and for nothing that comes later', async () => {
    const underWay = new UnderWay();
    const [first, second, later] = [work(), work(), work()];
    underWay.add(first.promise);
    underWay.add(second.promise);
    const told: string[] = [];
    const idle = underWay.idle().then(() => told.push('idle'));
    underWay.add(later.promise);
    const all = underWay.idle().then(() => told.push('all'));
    first.end();
    await turn();
    expect(told).toEqual([]);
    second.fail();
    await idle;
    await turn();
    expect(told).toEqual(['idle']);
    later.end();
    await all;
  });

  it('waits for those before, whoever asked first', async () => {
    const underWay = new UnderWay();
    const [first, second] = [work(), work()];
    underWay.add(first.promise);
    void underWay.idle();
    underWay.add(second.promise);
    let isIdle = false;
    const idle = underWay.idle().then(() => (isIdle = true));
    second.end();
    await turn();
    expect(isIdle).toBe(false);
    first.end();
    await idle;
  });
});
