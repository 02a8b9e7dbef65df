import * as v8 from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import {
  Tape,
  createAgent,
  createEngine,
  prepareEngines,
  type ActorCritic,
  type TransitionBatch,
} from '@ricochet/rl';
import { LevelLearner, learnerSettings } from '../learner/level-learner.js';
import { type LearnerStart } from './learner-thread.js';
import { serve } from './remote.js';
import { lowerThreadPriority } from './thread-priority.js';

/** The thread that may compute for as long as it takes. */
if (parentPort === null) throw new Error('learner.worker runs as a worker thread only');
const { options, engine: kind, givesWay, mebibytes } = workerData as LearnerStart;
if (givesWay) lowerThreadPriority();
if (kind !== 'simd128') await prepareEngines(v8);
serve(parentPort, () => {
  const engine = createEngine({ engine: kind, mebibytes: mebibytes.engine });
  // The options say which kind it is; the transitions that come are checked against it.
  const agent = createAgent(engine, options.agent) as unknown as ActorCritic<TransitionBatch>;
  const tape = new Tape(engine, { mebibytes: mebibytes.tape });
  return { target: new LevelLearner({ agent, tape }, learnerSettings(options)), told: engine.name };
});
