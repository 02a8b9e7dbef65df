import { SCHEDULER_RULE_NAMES, type SchedulerRuleName } from './scheduler/scheduler-rules.js';
import { SPLIT_RULE_NAMES, type SplitRuleName } from './split/split-rules.js';

/** The controller that has learned: an actor trained by DDPG, on either level. */
export const LEARNED = 'ddpg';

/** Who splits the carrier between slices, and who weighs the UEs inside them: a classical rule or a learned actor. */
export interface Controller {
  readonly split: SplitRuleName | typeof LEARNED;
  readonly scheduler: SchedulerRuleName | typeof LEARNED;
}

/** A pair of classical rules. */
export interface RuleController extends Controller {
  readonly split: SplitRuleName;
  readonly scheduler: SchedulerRuleName;
}

/** A controller's name that is none; the message lists those that are. */
export class UnknownControllerError extends Error {
  override readonly name = 'UnknownControllerError';

  constructor(readonly controllerName: string) {
    super(
      `"${controllerName}" is no controller: expected <split>+<scheduler> with a split of ` +
        `${[...SPLIT_RULE_NAMES, LEARNED].join(', ')} and a scheduler of ` +
        `${[...SCHEDULER_RULE_NAMES, LEARNED].join(', ')}, or ${LEARNED} for ${LEARNED}+${LEARNED}`,
    );
  }
}

/** Reads `need+pf`, `urllc-first+ddpg`, `ddpg` (short for `ddpg+ddpg`) and the like. @throws UnknownControllerError */
export function parseController(name: string): Controller {
  if (name === LEARNED) return { split: LEARNED, scheduler: LEARNED };
  const [splitName, schedulerName, ...rest] = name.split('+');
  const split = nameIn([...SPLIT_RULE_NAMES, LEARNED], splitName);
  const scheduler = nameIn([...SCHEDULER_RULE_NAMES, LEARNED], schedulerName);
  if (split === undefined || scheduler === undefined || rest.length > 0) {
    throw new UnknownControllerError(name);
  }
  return { split, scheduler };
}

/** Whether both levels are rules. */
export function isRuleController(controller: Controller): controller is RuleController {
  return controller.split !== LEARNED && controller.scheduler !== LEARNED;
}

function nameIn<Name extends string>(known: readonly Name[], name: string | undefined): Name | undefined {
  return known.find((each) => each === name);
}
