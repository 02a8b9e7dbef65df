import { Remote } from '../thread/remote.js';
import { Turns } from '../trainer/turns.js';
import { type Evaluator } from './evaluator.js';

/** The compiled worker, also when this file runs from source: a worker thread loads no TypeScript. */
const WORKER = new URL('../../dist/evaluation/evaluation.worker.js', import.meta.url);

/** Evaluators in threads of their own: work goes to the next that is free, in the order it comes. */
export class EvaluationPool {
  private readonly idle: Remote<Evaluator>[];
  private readonly all: readonly Remote<Evaluator>[];
  private readonly turns: Turns;

  constructor(threads: number) {
    this.all = Array.from(
      { length: threads },
      (_, i) => new Remote<Evaluator>(WORKER, { name: `evaluation ${i + 1}`, data: undefined }),
    );
    this.idle = [...this.all];
    this.turns = new Turns(threads);
  }

  run<T>(work: (evaluator: Remote<Evaluator>) => Promise<T>): Promise<T> {
    return this.turns.take(async () => {
      // There are as many turns as evaluators.
      const evaluator = this.idle.shift()!;
      try {
        return await work(evaluator);
      } finally {
        this.idle.push(evaluator);
      }
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((evaluator) => evaluator.stop()));
  }
}
