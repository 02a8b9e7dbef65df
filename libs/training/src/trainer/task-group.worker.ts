import * as v8 from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { prepareEngines } from '@ricochet/rl';
import { serve } from '../thread/remote.js';
import { startTaskGroup, type TaskGroupStart } from './start-task-group.js';

if (parentPort === null) throw new Error('task-group.worker runs as a worker thread only');
await prepareEngines(v8);
serve(parentPort, () => ({ target: startTaskGroup(workerData as TaskGroupStart) }));
