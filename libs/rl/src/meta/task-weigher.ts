import { LearningError } from '../learning.error.js';
import { taskWeights, type TaskWeighting } from './task-weights.js';

/** The variance of a task's TD error on one query batch. */
export interface TaskVariance {
  readonly taskId: string;
  readonly tdVariance: number;
}

export interface WeighedTask extends TaskVariance {
  /** Moving average over the rounds, which the weight is made of. */
  readonly smoothedTdVariance: number;
  readonly weight: number;
}

/** Weighs the tasks of each round by the moving averages of their TD-error variances. One per level. */
export class TaskWeigher {
  private readonly averages = new Map<string, number>();

  /** @param memory share of the old average that a new round keeps */
  constructor(
    readonly weighting: TaskWeighting,
    private readonly memory = 0.9,
  ) {}

  /**
   * Takes the variances of one round in and weighs its tasks, in their order; weights sum to 1. A task that is new
   * starts from its first variance, one that is absent keeps its average.
   * @throws {LearningError} a variance that is negative or not finite, a task twice; nothing is taken in then
   */
  weigh(tasks: readonly TaskVariance[]): WeighedTask[] {
    const seen = new Set<string>();
    for (const { taskId, tdVariance } of tasks) {
      if (!(tdVariance >= 0 && tdVariance < Infinity)) {
        throw new LearningError('LEARNING_NOT_FINITE', `TD variance of ${taskId} is ${tdVariance}`);
      }
      if (seen.has(taskId)) throw new LearningError('LEARNING_BAD_INPUT', `task ${taskId} comes twice`);
      seen.add(taskId);
    }
    const smoothed = tasks.map(({ taskId, tdVariance }) => {
      const old = this.averages.get(taskId) ?? tdVariance;
      const average = this.memory * old + (1 - this.memory) * tdVariance;
      this.averages.set(taskId, average);
      return average;
    });
    const weights = taskWeights(this.weighting, smoothed);
    return tasks.map((task, i) => ({ ...task, smoothedTdVariance: smoothed[i]!, weight: weights[i]! }));
  }

  /** Drops the averages of the tasks that are not in `taskIds`. */
  keepOnly(taskIds: ReadonlySet<string>): void {
    for (const taskId of this.averages.keys()) if (!taskIds.has(taskId)) this.averages.delete(taskId);
  }

  /** The averages, to go on from later. */
  snapshot(): Record<string, number> {
    return Object.fromEntries(this.averages);
  }

  restore(averages: Readonly<Record<string, number>>): void {
    this.averages.clear();
    for (const [taskId, average] of Object.entries(averages)) this.averages.set(taskId, average);
  }
}
