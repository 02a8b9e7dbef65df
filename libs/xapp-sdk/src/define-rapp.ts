import { type Bus } from '@ricochet/bus';
import { type Logger } from '@ricochet/platform';
import { type z } from 'zod';

export interface RAppContext<C> {
  readonly config: C;
  readonly log: Logger;
  /** For the rApp's own subjects and those of the Non-RT RIC; closed when the rApp ends. */
  readonly bus: Bus;
}

/** A running rApp. */
export interface RApp {
  /** Before the bus is closed: ends what the rApp has under way. */
  stop?(): Promise<void> | void;
}

export interface RAppDefinition<S extends z.ZodType> {
  readonly name: string;
  /** Semantic version. */
  readonly version: string;
  /** Schema of the configuration that a deployment may set. */
  readonly config: S;
  /**
   * Begins the rApp's work, once a process; the Non-RT RIC counts it as running when the promise settles. What is
   * thrown ends the process for good: wait for others instead, they may come later.
   */
  create(context: RAppContext<z.infer<S>>): Promise<RApp> | RApp;
}

/** Declares an rApp; for its types alone. */
export function defineRApp<S extends z.ZodType>(definition: RAppDefinition<S>): RAppDefinition<S> {
  return definition;
}
