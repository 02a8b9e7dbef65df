/** The compiled worker, also when this file runs from source: a worker thread loads no TypeScript. */
export const workerUrl = new URL('../../dist/thread/learner.worker.js', import.meta.url);
