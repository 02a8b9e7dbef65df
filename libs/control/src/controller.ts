import { SCHEDULER_RULE_NAMES, type SchedulerRuleName } from './scheduler/scheduler-rules.js';
import { SPLIT_RULE_NAMES, type SplitRuleName } from './split/split-rules.js';

/** A pair of classical rules: one splits the carrier between slices, one weighs the UEs inside them. */
export interface Controller {
  readonly split: SplitRuleName;
  readonly scheduler: SchedulerRuleName;
}

/** A controller's name that is none; the message lists those that are. */
export class UnknownControllerError extends Error {
  override readonly name = 'UnknownControllerError';

  constructor(readonly controllerName: string) {
    super(
      `"${controllerName}" is no controller: expected <split>+<scheduler> with a split of ` +
        `${SPLIT_RULE_NAMES.join(', ')} and a scheduler of ${SCHEDULER_RULE_NAMES.join(', ')}`,
    );
  }
}

/** Reads `need+pf`, `urllc-first+srpt` and the like. @throws UnknownControllerError */
export function parseController(name: string): Controller {
  const [splitName, schedulerName, ...rest] = name.split('+');
  const split = SPLIT_RULE_NAMES.find((known) => known === splitName);
  const scheduler = SCHEDULER_RULE_NAMES.find((known) => known === schedulerName);
  if (split === undefined || scheduler === undefined || rest.length > 0) {
    throw new UnknownControllerError(name);
  }
  return { split, scheduler };
}
