import * as v8 from 'node:v8';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import {
  Tape,
  createAgent,
  createEngine,
  prepareEngines,
  type ActorCritic,
  type TransitionBatch,
} from '@ricochet/rl';
import { LevelLearner, learnerSettings } from '../learner/level-learner.js';
import {
  STARTED,
  carryError,
  type LearnerCall,
  type LearnerOperation,
  type LearnerRequest,
  type LearnerResponse,
  type LearnerStart,
  type Result,
} from './learner-messages.js';
import { lowerThreadPriority } from './thread-priority.js';
import { buffersOf } from './transferables.js';

/** The thread that may compute for as long as it takes: answers the requests of one `LearnerThread`. */
async function main(port: MessagePort, { options, engine: kind, mebibytes }: LearnerStart): Promise<void> {
  lowerThreadPriority();
  if (kind !== 'simd128') await prepareEngines(v8);
  const answer = (id: number, work: () => unknown): void => {
    let response: LearnerResponse;
    let buffers: ArrayBuffer[] = [];
    try {
      const result = work();
      response = { id, result };
      if (typeof result === 'object' && result !== null) buffers = buffersOf(result);
    } catch (error) {
      response = { id, error: carryError(error) };
    }
    port.postMessage(response, buffers);
  };

  answer(STARTED, () => {
    const engine = createEngine({ engine: kind, mebibytes: mebibytes.engine });
    // The options say which kind it is; the transitions that come are checked against it.
    const agent = createAgent(engine, options.agent) as unknown as ActorCritic<TransitionBatch>;
    const tape = new Tape(engine, { mebibytes: mebibytes.tape });
    const learner = new LevelLearner({ agent, tape }, learnerSettings(options));
    port.on('message', ({ id, ...call }: LearnerRequest) => answer(id, () => perform(learner, call)));
    return engine.name;
  });
}

function perform(learner: LevelLearner<TransitionBatch>, call: LearnerCall): Result<LearnerOperation> {
  switch (call.operation) {
    case 'adopt':
      return learner.adopt(call.argument.modelVersion, call.argument.parameters);
    case 'record':
      return learner.record(call.argument.nodeId, call.argument.batch);
    case 'contribute':
      return learner.contribute(call.argument.nodeId, call.argument.round);
    case 'adapt':
      return learner.adapt(call.argument.nodeId, call.argument.round);
    case 'forget':
      return learner.forget(call.argument.nodeId);
  }
}

if (parentPort === null) throw new Error('learner.worker runs as a worker thread only');
await main(parentPort, workerData as LearnerStart);
