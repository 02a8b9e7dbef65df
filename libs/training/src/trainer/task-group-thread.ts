import { Remote } from '../thread/remote.js';
import { type TaskGroupStart } from './start-task-group.js';
import { type TaskGroup } from './task-group.js';
import { type TaskDoor } from './trainer.js';

/** The compiled worker, also when this file runs from source: a worker thread loads no TypeScript. */
const WORKER = new URL('../../dist/trainer/task-group.worker.js', import.meta.url);

/** A task group in a thread of its own. */
export class TaskGroupThread implements TaskDoor {
  private readonly remote: Remote<TaskGroup>;

  constructor(start: TaskGroupStart) {
    const name = `tasks ${start.options.network}`;
    this.remote = new Remote<TaskGroup>(WORKER, { name, data: start });
  }

  begin: TaskDoor['begin'] = (...args) => this.remote.call('begin', ...args);
  collect: TaskDoor['collect'] = (...args) => this.remote.call('collect', ...args);
  contribute: TaskDoor['contribute'] = (...args) => this.remote.call('contribute', ...args);
  snapshot: TaskDoor['snapshot'] = () => this.remote.call('snapshot');
  restore: TaskDoor['restore'] = (snapshot) => this.remote.call('restore', snapshot);

  stop(): Promise<void> {
    return this.remote.stop();
  }
}
