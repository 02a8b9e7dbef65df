import { SLICE_TYPES } from '@ricochet/ran-types';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseScenario } from '../parse-scenario.js';
import { ScenarioError } from '../scenario.error.js';
import {
  AGGREGATES,
  COMPARISONS,
  formatAssertion,
  RUN_COUNTS,
  SAMPLED_KPIS,
  type Assertion,
} from './assertion.js';
import { parseAssertion } from './parse-assertion.js';

const slice = fc.constantFrom(...SLICE_TYPES, 'all' as const);
const bounds = {
  comparison: fc.constantFrom(...COMPARISONS),
  bound: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
};
const places = {
  cells: fc.array(fc.nat(500), { minLength: 1, maxLength: 5 }),
  over: fc
    .tuple(fc.nat(1e7), fc.integer({ min: 1, max: 1e7 }))
    .map(([fromMs, lengthMs]) => ({ fromMs, toMs: fromMs + lengthMs })),
};
const assertions: fc.Arbitrary<Assertion> = fc.oneof(
  fc.record(
    {
      quantity: fc.oneof(
        fc.record({
          kind: fc.constant('kpi' as const),
          aggregate: fc.constantFrom(...AGGREGATES),
          slice,
          kpi: fc.constantFrom(...SAMPLED_KPIS),
        }),
        fc.record({ kind: fc.constant('sla' as const), slice }),
      ),
      ...bounds,
      ...places,
    },
    { requiredKeys: ['quantity', 'comparison', 'bound'], noNullPrototype: true },
  ),
  fc.record({
    quantity: fc.record({ kind: fc.constant('count' as const), count: fc.constantFrom(...RUN_COUNTS) }),
    ...bounds,
  }),
);

/** Texts that are nearly assertions. */
const nearly = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'p99',
        'sla',
        'controls',
        '.failed',
        '(',
        ')',
        '.',
        'urllc',
        'qos',
        '<',
        '>=',
        '10',
        '-1e3',
      ),
      fc.constantFrom('at', 'cell', 'cells', '[', ']', ',', 'over', '2s', '5s', '1.5h', '"', ' '),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''));

describe('parseAssertion', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(assertions, (assertion) => {
        expect(parseAssertion(formatAssertion(assertion))).toEqual(assertion);
      }),
    );
  });

  it('reads times, DUs counted from 1, and slices in small letters, with and without spaces', () => {
    const assertion = {
      quantity: { kind: 'kpi', aggregate: 'p99', slice: 'URLLC', kpi: 'delayMaxMs' },
      comparison: '<',
      bound: 10.5,
      cells: [0, 2],
      over: { fromMs: 1_500, toMs: 120_000 },
    };
    expect(parseAssertion('p99(urllc.delayMaxMs) < 10.5 at cells [1, 3] over [1500ms, 2min]')).toEqual(
      assertion,
    );
    expect(parseAssertion(' p99 ( URLLC . delayMaxMs )<10.5 at cells[1,3]over[1.5s,2min] ')).toEqual(
      assertion,
    );
  });

  test.each([
    ['', 'is missing: expected one of mean, '],
    ['p98(urllc.qos) < 1', 'got "p98"; did you mean "p90"? (at character 1 of "p98(urllc.qos) < 1")'],
    [
      'p99(urlc.qos) < 1',
      'expected one of eMBB, mMTC, URLLC, all, got "urlc"; did you mean "URLLC"? (at character 5 of',
    ],
    ['p99(urllc.delayMs) < 1', 'got "delayMs"; did you mean "delayP99Ms"?'],
    ['p99(urllc qos) < 1', 'expected ".", got "qos" (at character 11'],
    ['controls.faild == 0', 'got "controls.faild"; did you mean "controls.failed"?'],
    ['sla(all) = 1', 'expected one of <, <=, >, >=, ==, got "="'],
    ['sla(all) > 10ms', 'expected a number without a unit, got "10ms" (at character 12'],
    ['sla(all) >', 'expected a number without a unit, got nothing (at the end'],
    ['sla(all) > 1 at 3', 'expected one of cell, cells, got "3"'],
    ['sla(all) > 1 at cell 0', 'expected the id of a DU, from 1, got "0"'],
    ['sla(all) > 1 over [5s, 5s]', 'expected a time after 5000 ms, got "5s"'],
    ['sla(all) > 1 over [5s, later]', 'expected a duration such as "1.5s"'],
    ['sla(all) > 1 ove [5s, 6s]', 'expected "at", "over" or nothing more, got "ove"'],
    ['controls.failed == 0 at cell 1', 'expected nothing more, as a count is of the whole run, got "at"'],
  ])('refuses %j', (text, message) => {
    expect(() => parseAssertion(text)).toThrow(message);
    expect(() => parseAssertion(text)).toThrow(RangeError);
  });

  it('throws nothing but one line that says what was expected', () => {
    fc.assert(
      fc.property(nearly, (text) => {
        try {
          parseAssertion(text);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          expect((error as Error).message).toMatch(/^.*expected[^\n]*$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('assertions of a scenario', () => {
  const parse = (...list: unknown[]) =>
    parseScenario(
      `name: x\nduration: 10s\nnetwork: { cells: 2 }\n${stringify({ assertions: list })}`,
      'x.yaml',
    );

  it('go by their name, or by their text', () => {
    const list = parse('sla(mmtc)>0.9', {
      name: 'no control fails',
      that: 'controls.failed == 0',
    }).assertions;
    expect(list.map(({ name }) => name)).toEqual(['sla(mMTC) > 0.9', 'no control fails']);
  });

  test.each([
    ['sla(mmc) > 0.9', 'x.yaml:5:5: assertions[0]: expected one of eMBB'],
    [{ name: 'mine', that: 'sla(all)' }, 'x.yaml:6:11: assertions[0].that: is missing: expected one of <'],
    [{ that: 'sla(all) > 1' }, 'assertions[0].name: is missing: expected text'],
    [{ name: 'mine', tat: 'sla(all) > 1' }, 'unknown key; did you mean "that"?'],
    [7, 'x.yaml:5:5: assertions[0]: expected an assertion such as'],
    ['sla(all) > 1 at cells [1, 3]', 'x.yaml:5:5: assertions[0]: expected DUs from 1 to 2, got 3'],
    ['sla(all) > 1 over [2s, 11s]', 'assertions[0]: expected times up to the end at 10000 ms, got 11000 ms'],
  ])('are refused with their place: %j', (item, message) => {
    expect(() => parse(item)).toThrow(message);
  });

  it('are a ScenarioError, whatever is wrong', () => {
    fc.assert(
      fc.property(fc.oneof(nearly, fc.jsonValue()), (item) => {
        try {
          parse(item);
        } catch (error) {
          expect(error).toBeInstanceOf(ScenarioError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
