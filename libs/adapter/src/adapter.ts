import { type Ran } from '@ricochet/e2-node';
import { type AdapterProfileName, type Timers } from '@ricochet/e2ap';
import { type z } from 'zod';
import { type AdapterConfig } from './adapter.config.js';
import { type GnbConfig } from './gnb.config.js';

/** Time and timers of a process. */
export interface Surroundings {
  readonly timers: Timers;
  /** ms since 1970; for what is told. */
  readonly nowMs: () => number;
  /** Goes on at the pace of time, whatever is done to the clock; for all that lasts. */
  readonly monotonicMs: () => number;
}

/** What makes an adapter of one make of RAN. */
export interface Adapter<C extends AdapterConfig> {
  readonly name: string;
  readonly schema: z.ZodObject & z.ZodType<C>;
  /** @throws ConfigError what can not be adapted */
  createRan(config: C, gnb: GnbConfig, surroundings: Surroundings): Ran;
  /** What the RAN can be; the first is what it is taken for until it shows what it is. */
  profilesOf(config: C): readonly [AdapterProfileName, ...AdapterProfileName[]];
  /** Whether the RAN sends datagrams, of which the description may say whose are taken. */
  takesDatagrams?(config: C): boolean;
}
