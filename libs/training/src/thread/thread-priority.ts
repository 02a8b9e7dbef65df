import { constants, platform, setPriority } from 'node:os';

/** Lets the calling thread step back behind those that control: on Linux, where priority is a thread's own. */
export function lowerThreadPriority(): void {
  if (platform() === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
