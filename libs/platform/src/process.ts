import { readdir } from 'node:fs/promises';
import { constants, getPriority, platform, setPriority } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { messageOf } from './errors.js';
import { type Logger } from './logger.js';

/** `sysexits.h` EX_CONFIG: the service could not start, and starting it again the same way would not help. */
export const EXIT_CANNOT_START = 78;

/**
 * Ends this process when its parent is gone: a parent that spawns with a pipe on stdin keeps that pipe open
 * for its own life, so its end, even by SIGKILL, shows here as end-of-file.
 */
function exitWithParent(onParentGone: () => void): void {
  process.stdin.on('end', onParentGone).on('error', onParentGone).resume();
}

/**
 * Runs `stop` once, at the first SIGTERM or SIGINT or when the parent is gone, then ends the process. Who has a parent
 * leaves SIGINT to it: Ctrl-C reaches all of a terminal's processes, and the parent stops its children in order. To
 * detach them from the terminal instead would make each a scheduling group of its own (autogroup), among which Linux
 * shares out cores without regard to priorities.
 * @returns whether it is stopping: what fails from then on is no fault
 */
function stopOnSignals(stop: () => Promise<void>, options: { withParent: boolean }): () => boolean {
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    const forced = setTimeout(() => process.exit(1), STOP_GRACE_MS);
    void stop()
      .then(() => 0)
      .catch(() => 1)
      .then((code) => {
        clearTimeout(forced);
        process.exit(code);
      });
  };
  process.on('SIGINT', options.withParent ? () => undefined : end);
  process.on('SIGTERM', end);
  if (options.withParent) exitWithParent(end);
  return () => stopping;
}

const STOP_GRACE_MS = 4_000;

/**
 * Runs a service as this process, until it is told to stop or, with a parent, until that is gone. What keeps it from
 * starting is its last word, and ends it by {@link EXIT_CANNOT_START}.
 * @param start is handed what is told how to leave, as soon as there is something to leave
 * @param options.withParent when absent, whether `RICOCHET_WITH_PARENT` is 1
 */
export async function runService(
  log: Pick<Logger, 'fatal'>,
  start: (leaveBy: (leave: () => Promise<void>) => void) => Promise<void>,
  options = { withParent: process.env['RICOCHET_WITH_PARENT'] === '1' },
): Promise<void> {
  let leave = (): Promise<void> => Promise.resolve();
  // Before the start, as NATS may be long in coming.
  const isStopping = stopOnSignals(() => leave(), options);
  if (process.env['RICOCHET_MODE'] !== 'lockstep') await lowerHelperThreads();
  try {
    await start((how) => {
      leave = how;
    });
  } catch (error) {
    // Told to stop while it was starting, it ends by that.
    if (isStopping()) return;
    log.fatal(messageOf(error));
    process.exit(EXIT_CANNOT_START);
  }
}

/**
 * V8's compilers and collectors and the thread pool, which this starts, step back behind the threads that control, those
 * of other services too: on two cores their slices of 3 to 5 ms are what a control waits for longest. On Linux, where
 * priority is a thread's own; in lockstep nobody has to hurry.
 */
async function lowerHelperThreads(): Promise<void> {
  if (platform() !== 'linux') return;
  try {
    const priority = Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL);
    for (const thread of await readdir('/proc/self/task')) {
      if (Number(thread) !== process.pid) setPriority(Number(thread), priority);
    }
  } catch {
    // It goes without: a thread may have ended meanwhile, or the system does not allow it.
  }
}

/**
 * Node's arguments for our services. One thread collects the young generation: what little survives is copied before a
 * second one has got a core. Its size is V8's own: a larger one made the loop no quicker, and pauses longer beside fifty
 * xApps. The whole heap is collected when it is three times what was left, not whenever it has grown by 8 MiB, as V8 would
 * have it: that is every few seconds, for some 15 ms each.
 */
export const SERVICE_NODE_ARGUMENTS: readonly string[] = [
  '--no-parallel-scavenge',
  '--heap-growing-percent=200',
];

/** What starts services and looks on collects as they do: its collections, too, are what a control waits for. */
export async function collectAsServices(): Promise<void> {
  for (const argument of SERVICE_NODE_ARGUMENTS) setFlagsFromString(argument);
  await lowerHelperThreads();
}
