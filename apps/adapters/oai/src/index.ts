import { type RanOptions } from '@ricochet/e2-node';

/** What is known of an OAI gNB beforehand. */
export interface OaiOptions extends RanOptions {
  /** Of the polls, ms. */
  readonly periodMs: number;
}
