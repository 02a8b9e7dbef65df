import { type ControlEffect, type ControlOutcome, type RanControl } from '@ricochet/contracts';

/** What the RIC says to a control at once; what the control did shows later. */
export interface ControlResult {
  readonly controlId: string;
  readonly outcome: ControlOutcome;
  /** Why it was refused, failed or timed out. */
  readonly cause?: string | undefined;
}

/** A control under way; awaited, it gives the acknowledgement. */
export interface Control extends Promise<ControlResult> {
  /**
   * What it did, as the node's next reports show. Never throws, and always settles: what was not acknowledged, or not
   * measured, is not effective, with the reason. No handler may await it in lockstep: the report that shows the effect
   * comes after the handler has settled.
   */
  effect(): Promise<ControlEffect>;
}

/** @param effectOf asked once, and only if somebody wants to know */
export function controlOf(
  acknowledgement: Promise<ControlResult>,
  effectOf: () => Promise<ControlEffect>,
): Control {
  let told: Promise<ControlEffect> | undefined;
  return Object.assign(acknowledgement, { effect: () => (told ??= effectOf()) });
}

/** The RIC as it is seen from one node. */
export interface Ric {
  /**
   * Controls the node. Never throws: what went wrong is the outcome, and is logged. A handler that needs no answer
   * need not await it: in lockstep simulation time waits for it all the same.
   */
  control(control: RanControl): Control;
}
