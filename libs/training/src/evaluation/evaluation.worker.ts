import { performance } from 'node:perf_hooks';
import * as v8 from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { prepareEngines } from '@ricochet/rl';
import { serve } from '../thread/remote.js';
import { Evaluator } from './evaluator.js';

if (parentPort === null) throw new Error('evaluation.worker runs as a worker thread only');
await prepareEngines(v8);
serve(parentPort, () => ({ target: new Evaluator(() => performance.now()) }));
