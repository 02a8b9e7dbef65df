import { performance } from 'node:perf_hooks';
import { createEngine, type EngineKind, Tape } from '@ricochet/rl';
import { TaskGroup, type TaskGroupOptions } from './task-group.js';

/**
 * Memory of one network's learning, MiB; pages cost nothing until they are used. Enough for the target networks of 120
 * DUs with the core paper's networks.
 */
const ARENA_MEBIBYTES = 1024;
const TAPE_MEBIBYTES = 256;

/** What a task group is made of, as plain data. */
export interface TaskGroupStart {
  readonly engine: EngineKind;
  readonly options: TaskGroupOptions;
}

/** A task group on an engine of its own. */
export function startTaskGroup({ engine: kind, options }: TaskGroupStart): TaskGroup {
  const engine = createEngine({ engine: kind, mebibytes: ARENA_MEBIBYTES });
  const tape = new Tape(engine, { mebibytes: TAPE_MEBIBYTES });
  return new TaskGroup({ engine, tape, now: () => performance.now() }, options);
}
