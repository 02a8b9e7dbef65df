/** The compiled worker, also when this file runs from source: a worker thread loads no TypeScript. */
export const workerUrl = new URL('../dist/store.worker.js', import.meta.url);
