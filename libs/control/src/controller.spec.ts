import { isRuleController, parseController, UnknownControllerError } from './controller.js';
import { SCHEDULER_RULE_NAMES } from './scheduler/scheduler-rules.js';
import { SPLIT_RULE_NAMES } from './split/split-rules.js';

describe('parseController', () => {
  it('reads every pair of rules', () => {
    for (const split of SPLIT_RULE_NAMES) {
      for (const scheduler of SCHEDULER_RULE_NAMES) {
        expect(parseController(`${split}+${scheduler}`)).toEqual({ split, scheduler });
      }
    }
  });

  test.each([
    ['ddpg', 'ddpg', 'ddpg'],
    ['ddpg+ddpg', 'ddpg', 'ddpg'],
    ['ddpg+srpt', 'ddpg', 'srpt'],
    ['need+ddpg', 'need', 'ddpg'],
  ])('reads %s as what has learned', (name, split, scheduler) => {
    expect(parseController(name)).toEqual({ split, scheduler });
    expect(isRuleController(parseController(name))).toBe(false);
  });

  it('knows a pair of rules', () => {
    expect(isRuleController(parseController('need+pf'))).toBe(true);
  });

  test.each(['', 'need', 'need+', '+pf', 'need+pf+rr', 'pf+need', 'toString+pf', 'ddpg+', 'ddpg+ddpg+ddpg'])(
    'refuses %p',
    (name) => {
      expect(() => parseController(name)).toThrow(UnknownControllerError);
    },
  );

  it('lists the names that are known', () => {
    expect(() => parseController('ned+pf')).toThrow(/"ned\+pf".*urllc-first.*srpt.*ddpg/);
  });
});
