import { benchRadio } from './bench-radio.js';

it('the benchmark reports by the clock that it is handed', () => {
  let ms = 0;
  const now = (): number => (ms += 500);
  const result = benchRadio({ cells: 2, uesPerCell: 10, slots: 1000, seed: 1 }, { now });
  expect(result).toMatchObject({ slots: 1000, elapsedMs: 500, realTimeFactor: 2, nsPerUeSlot: 25_000 });
  expect(result.deliveredMbps).toBeGreaterThan(10);
});
