/** Provides the {@link Timers} of everything that has to do with nodes. */
export const E2_TIMERS = Symbol('E2Timers');
