import { createEngine } from '../engine/engine.js';
import { SeededRandom } from '../random/seeded-random.js';
import { benchUpdate } from './bench-update.js';
import { engineUpdater } from './engine-updater.js';
import { updateProblem } from './update-problem.js';

it('times updates by the clock that it is handed, and does them', () => {
  let ms = 0;
  const now = (): number => (ms += 2);
  const bench = (updates: number) => {
    const random = new SeededRandom('bench');
    const sizes = { hidden: [8, 8], stateSize: 4, actionSize: 2, batch: 16 };
    const problem = updateProblem(sizes, () => random.uniform());
    const updater = engineUpdater(createEngine({ mebibytes: 2 }), problem, { mebibytes: 1 });
    return benchUpdate(updater, problem, { updates, now });
  };
  const [few, many] = [bench(1), bench(400)];
  expect(few).toMatchObject({ updateMs: 2, actionUs: 20 });
  expect(many.criticLoss).toBeLessThan(0.8 * few.criticLoss);
});
