import { type Timers } from '@ricochet/e2ap';

/** Timers of the machine's clock; they do not keep a process alive. */
export const nodeTimers: Timers = {
  after(delayMs, call) {
    const timer = setTimeout(call, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
