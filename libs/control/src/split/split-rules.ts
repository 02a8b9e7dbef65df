import type { RuleOptions } from '../rule-options.js';
import { demandProportionalSplit, equalSplit, needSplit } from './proportional-split.js';
import { RandomSplit } from './random-split.js';
import type { SplitRule } from './split-rule.js';
import { StaticDemandSplit } from './static-demand-split.js';
import { UrllcFirstSplit } from './urllc-first-split.js';

const SPLIT_RULES = {
  equal: equalSplit,
  'static-demand': () => new StaticDemandSplit(),
  'demand-proportional': demandProportionalSplit,
  need: needSplit,
  'urllc-first': () => new UrllcFirstSplit(),
  random: ({ seed }) => new RandomSplit(seed),
} satisfies Record<string, (options: RuleOptions) => SplitRule>;

export type SplitRuleName = keyof typeof SPLIT_RULES;

export const SPLIT_RULE_NAMES = Object.keys(SPLIT_RULES) as readonly SplitRuleName[];

/** A new rule for one DU. */
export function createSplitRule(name: SplitRuleName, options: RuleOptions): SplitRule {
  return SPLIT_RULES[name](options);
}
