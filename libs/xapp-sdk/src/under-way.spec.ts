import { UnderWay } from './under-way.js';

it('is idle when all that was added has settled, and at once when nothing was', async () => {
  const underWay = new UnderWay();
  await underWay.idle();
  let finish: () => void = () => undefined;
  underWay.add(new Promise<void>((resolve) => (finish = resolve)));
  underWay.add(Promise.resolve());
  let idle = 0;
  const waits = [underWay.idle(), underWay.idle()].map((wait) => wait.then(() => (idle += 1)));
  await new Promise((resolve) => setImmediate(resolve));
  expect(idle).toBe(0);
  finish();
  await Promise.all(waits);
  await underWay.idle();
  expect(idle).toBe(2);
});
