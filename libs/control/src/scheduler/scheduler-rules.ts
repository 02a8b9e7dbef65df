import type { RuleOptions } from '../rule-options.js';
import { MLwdf } from './m-lwdf.js';
import { maxCqi, needProportional, roundRobin, shortestRemainingFirst } from './memoryless-rules.js';
import { ProportionalFair } from './proportional-fair.js';
import { RandomScheduler } from './random-scheduler.js';
import type { SchedulerRule } from './scheduler-rule.js';

const SCHEDULER_RULES = {
  rr: roundRobin,
  pf: () => new ProportionalFair(),
  'max-cqi': maxCqi,
  'm-lwdf': () => new MLwdf(),
  need: needProportional,
  srpt: shortestRemainingFirst,
  random: ({ seed }) => new RandomScheduler(seed),
} satisfies Record<string, (options: RuleOptions) => SchedulerRule>;

export type SchedulerRuleName = keyof typeof SCHEDULER_RULES;

export const SCHEDULER_RULE_NAMES = Object.keys(SCHEDULER_RULES) as readonly SchedulerRuleName[];

/** A new rule for one DU. */
export function createSchedulerRule(name: SchedulerRuleName, options: RuleOptions): SchedulerRule {
  return SCHEDULER_RULES[name](options);
}
