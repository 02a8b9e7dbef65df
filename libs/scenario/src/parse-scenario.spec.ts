import fc from 'fast-check';
import { stringify } from 'yaml';
import { type NetworkCheck, parseScenario, parseTaskFamily, type ScenarioCheck } from './parse-scenario.js';
import { ScenarioError } from './scenario.error.js';

const SMALL = 'name: small\nduration: 10s\n';

function messageOf(text: string): string {
  try {
    parseScenario(text, 'x.yaml');
  } catch (error) {
    if (error instanceof ScenarioError) return error.message;
    throw error;
  }
  throw new Error('the scenario was accepted');
}

describe('parseScenario', () => {
  test.each([
    ['roundPeriod: 150ms', 'expected a multiple of 100 ms'],
    ['weighting: softmun', 'softmin'],
    ['explor: false', 'explore'],
  ])('refuses learning: { %s }', (text, message) => {
    expect(() => parseScenario(`${SMALL}\nlearning: { ${text} }\n`, 'x.yaml')).toThrow(message);
  });

  it('fills the defaults in', () => {
    expect(parseScenario(SMALL, 'x.yaml')).toEqual({
      learning: {
        preset: 'default',
        model: 'none',
        roundPeriodMs: 200,
        weighting: 'softmin',
        explore: true,
        adaptation: false,
      },
      name: 'small',
      seeds: [1],
      durationMs: 10_000,
      warmUpMs: 0,
      network: { cells: 7 },
      sla: {},
      controller: 'need+pf',
      quotaMode: 'exact',
      events: [],
      assertions: [],
    });
  });

  it('begins with a trained model, and adapts, where the preset is context', () => {
    const learningOf = (text: string) => parseScenario(`${SMALL}learning: { ${text} }`, 'x.yaml').learning;
    expect(learningOf('preset: context')).toMatchObject({
      model: 'paper',
      roundPeriodMs: 2_000,
      adaptation: true,
    });
    expect(learningOf('preset: context, model: none, roundPeriod: 500ms, adaptation: false')).toMatchObject({
      model: 'none',
      roundPeriodMs: 500,
      adaptation: false,
    });
  });

  test.each([
    ['seeds: 1..3', [1, 2, 3]],
    ['seeds: 7', [7]],
    ['seeds: [4, 9]', [4, 9]],
    ['repetitions: 3', [1, 2, 3]],
  ])('knows the seeds of %s', (text, seeds) => {
    expect(parseScenario(`${SMALL}${text}`, 'x.yaml').seeds).toEqual(seeds);
  });

  test.each([
    ['seeds: 3..1', 'x.yaml:3:8: seeds: expected seeds such as 1..5 or 1,4,9'],
    ['seeds: [1, 1]', 'x.yaml:3:8: seeds: a seed comes twice'],
    ['seeds: { from: 1 }', 'x.yaml:3:8: seeds: expected seeds such as 1..5 or 1,4,9, or a list'],
    ['repetitions: 0', 'x.yaml:3:14: repetitions: expected at least 1, got 0'],
    ['seeds: 1..3\nrepetitions: 3', 'x.yaml:4:14: repetitions: expected either seeds or repetitions'],
    ['repetition: 3', 'x.yaml:3:1: repetition: unknown key; did you mean "repetitions"?'],
    [
      'xapps: [{ package: a, versoin: 1.0.0 }]',
      'x.yaml:3:23: xapps[0].versoin: unknown key; did you mean "version"?',
    ],
  ])('refuses %s', (text, message) => expect(messageOf(`${SMALL}${text}`)).toContain(message));

  test.each(['ddpg', 'ddpg+srpt', 'need+ddpg'])('takes %s for a controller', (controller) => {
    expect(parseScenario(`${SMALL}controller: ${controller}`, 'x.yaml').controller).toBe(controller);
  });

  it('turns durations into milliseconds and DU ids into cells', () => {
    const event = '{ at: 1.5s, kind: surge, slice: URLLC, cells: [1, 7], factor: 2, duration: 400ms }';
    expect(parseScenario(`${SMALL}events: [${event}]`, 'x.yaml').events).toEqual([
      { atMs: 1500, kind: 'surge', slice: 'URLLC', cells: [0, 6], factor: 2, durationMs: 400, rampMs: 0 },
    ]);
  });

  it('fills in why controls fail, and keeps what is said of it', () => {
    const failing = '{ at: 1s, kind: control-failure, cells: [1], duration: 20ms';
    const events = `[${failing} }, ${failing}, cause: system-not-ready, text: not now }]`;
    expect(parseScenario(`${SMALL}events: ${events}`, 'x.yaml').events).toMatchObject([
      { durationMs: 20, cause: 'control-failed-to-execute', text: 'the scenario has it fail' },
      { durationMs: 20, cause: 'system-not-ready', text: 'not now' },
    ]);
  });

  it('accepts part of a network, on and off switches included', () => {
    const network = '{ preset: tr38901, link: { harq: { maxTransmissions: 2 } }, handover: false }';
    expect(parseScenario(`${SMALL}network: ${network}`, 'x.yaml').network).toEqual({
      preset: 'tr38901',
      cells: 7,
      link: { harq: { maxTransmissions: 2 } },
      handover: false,
    });
  });

  it('asks who knows more, and says where what is wrong stands, in the order of the file', () => {
    const text = `${SMALL}xapps:\n  - { package: guard }\nnetwork:\n  channel:\n    fading: { periodMs: 3 }\n`;
    const judge: ScenarioCheck = ({ xapps }) => [
      { path: ['network', 'channel', 'fading', 'periodMs'], message: 'must divide 10 ms' },
      { path: ['xapps', 0, 'package'], message: `no ${xapps?.[0]?.package}` },
    ];
    expect(() => parseScenario(text, 'x.yaml', judge)).toThrow(
      'x.yaml:4:16: xapps[0].package: no guard\n' +
        'x.yaml:7:25: network.channel.fading.periodMs: must divide 10 ms',
    );
    expect(parseScenario(text, 'x.yaml', () => []).name).toBe(parseScenario(text, 'x.yaml').name);
  });
});

describe('a message of parseScenario', () => {
  test.each([
    ['an unknown key', `${SMALL}evnts: []`, 'x.yaml:3:1: evnts: unknown key; did you mean "events"?'],
    [
      'an unknown key that resembles none',
      `${SMALL}sla:\n  eMBB: { colour: 1 }`,
      'x.yaml:4:11: sla.eMBB.colour: unknown key; known keys: minServedShare, minQos, maxDelayMeanMs, ' +
        'maxDelayP95Ms, maxDelayP99Ms, maxDelayMs, maxDropShare',
    ],
    [
      'an unknown key of an event',
      `${SMALL}events:\n  - at: 1s\n    kind: cell-off\n    cels: [1]`,
      'x.yaml:6:5: events[0].cels: unknown key; did you mean "cells"?',
    ],
    [
      'an unknown key with two letters swapped',
      `${SMALL}events:\n  - { at: 1s, kind: surge, slice: URLLC, factor: 2, duration: 1s, rmap: 1s }`,
      'events[0].rmap: unknown key; did you mean "ramp"?',
    ],
    [
      'an unknown key of a part that may be off',
      `${SMALL}network:\n  link:\n    harq: { maxTransmision: 3 }`,
      'x.yaml:5:13: network.link.harq.maxTransmision: unknown key; did you mean "maxTransmissions"?',
    ],
    [
      'a part that may be off',
      `${SMALL}network:\n  handover: yes please`,
      'x.yaml:4:13: network.handover: expected false or a group of keys',
    ],
    [
      'an unknown kind',
      `${SMALL}events:\n  - { at: 1s, kind: srge }`,
      'x.yaml:4:21: events[0].kind: expected one of',
    ],
    ['a wrong type', 'name: 5\nduration: 10s', 'x.yaml:1:7: name: expected text, got 5'],
    ['a missing key', 'duration: 10s', 'x.yaml:1:1: name: is missing: expected text'],
    [
      'a duration',
      'name: x\nduration: soon',
      'x.yaml:2:11: duration: expected a duration such as "1.5s", "200ms", "2min" or a number of milliseconds, ' +
        'got "soon"',
    ],
    [
      'a number out of range',
      `${SMALL}sla: { mMTC: { minServedShare: 2 } }`,
      'x.yaml:3:32: sla.mMTC.minServedShare: expected at most 1, got 2',
    ],
    [
      'a word',
      `${SMALL}quotaMode: lent`,
      'x.yaml:3:12: quotaMode: expected one of exact, lend, got "lent"; did you mean "lend"?',
    ],
    [
      'a DU that the network does not have',
      `${SMALL}network: { cells: 3 }\nevents:\n  - { at: 1s, kind: cell-off, cells: [2, 4] }`,
      'x.yaml:5:42: events[0].cells[1]: expected a DU from 1 to 3, got 4',
    ],
    [
      'a share of nothing',
      `${SMALL}events:\n  - { at: 1s, kind: indication-loss, cells: [1], duration: 1s, share: 0 }`,
      'x.yaml:4:71: events[0].share: expected more than 0, got 0',
    ],
    [
      'a share above 1',
      `${SMALL}events:\n  - { at: 1s, kind: indication-reorder, cells: [1], duration: 1s, share: 20 }`,
      'x.yaml:4:74: events[0].share: expected at most 1, got 20',
    ],
    [
      'a delay between reports',
      `${SMALL}events:\n  - { at: 1s, kind: indication-delay, cells: [1], duration: 1s, delay: 15ms }`,
      'x.yaml:4:72: events[0].delay: expected a multiple of 10 ms',
    ],
    [
      'a fault that does not say how long',
      `${SMALL}events:\n  - { at: 1s, kind: control-silence, cells: [1] }`,
      'x.yaml:4:5: events[0].duration: is missing: expected a duration',
    ],
    [
      'a fault of no DU',
      `${SMALL}events:\n  - { at: 1s, kind: ue-id-churn, cells: [] }`,
      'x.yaml:4:41: events[0].cells: expected at least 1 entries',
    ],
    [
      'a cause that there is not',
      `${SMALL}events:\n  - { at: 1s, kind: control-failure, cells: [1], duration: 1s, cause: system-not-redy }`,
      '"system-not-redy"; did you mean "system-not-ready"?',
    ],
    [
      'an event after the end',
      `${SMALL}events: [{ at: 10s, kind: cell-off, cells: [1] }]`,
      'x.yaml:3:16: events[0].at: expected a time before the end at 10000 ms, got 10000 ms',
    ],
    [
      'a warm-up without end',
      `${SMALL}warmUp: 10s`,
      'x.yaml:3:9: warmUp: expected less than the duration of 10000 ms, got 10000 ms',
    ],
    [
      'a controller',
      `${SMALL}controller: need`,
      'controller: expected <split>+<scheduler>, such as "need+pf", or "ddpg"',
    ],
    ['a key given twice', `${SMALL}name: other`, 'x.yaml:3:1: key "name" is given twice'],
    ['a syntax error', 'name: [1, 2\nduration: 3', 'x.yaml:2:'],
    ['an alias without anchor', 'name: *there', 'x.yaml:1:'],
    ['an empty file', '', 'x.yaml:1:1: name: is missing: expected text'],
    ['a file that is a list', '- 1', 'x.yaml:1:1: expected a group of keys, got a list'],
  ])('tells %s and where it stands', (_, text, message) => {
    expect(messageOf(text)).toContain(message);
  });

  it('has one line a problem, in the order of the file', () => {
    expect(messageOf('name: 5\nduration: soon\nevnts: []\nquotaMode: 3').split('\n')).toEqual([
      expect.stringMatching(/^x\.yaml:1:7: name: /),
      expect.stringMatching(/^x\.yaml:2:11: duration: /),
      expect.stringMatching(/^x\.yaml:3:1: evnts: /),
      expect.stringMatching(/^x\.yaml:4:12: quotaMode: /),
    ]);
  });
});

describe('any text', () => {
  const words = ['name', 'duration', 'network', 'cells', 'events', 'kind', 'surge', '10s', '__proto__', '<<'];
  const word = fc.oneof(fc.constantFrom(...words), fc.string());
  const junk = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      word,
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(word, tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  const punctuation = fc
    .array(fc.oneof(word, fc.constantFrom(...':-[]{}&*!|>?%@`"\'#,\n \t')), { maxLength: 30 })
    .map((parts) => parts.join(''));
  const asText = fc.oneof(
    fc.string({ unit: 'binary' }),
    punctuation,
    junk.map((value) => stringify(value)),
  );

  it('gives a scenario or a ScenarioError whose every line says where', () => {
    fc.assert(
      fc.property(asText, (text) => {
        try {
          parseScenario(text, 'x.yaml');
        } catch (error) {
          if (!(error instanceof ScenarioError)) throw error;
          for (const line of error.message.split('\n'))
            expect(line).toMatch(/^x\.yaml:[1-9]\d*:[1-9]\d*: ./u);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['endless nesting', '['.repeat(20_000)],
    [
      'aliases that multiply',
      `a: &a [x]\n${'bcdefghij'.replace(/./g, (name, at: number) => `${name}: &${name} [${`*${'abcdefghij'[at]},`.repeat(9)}]\n`)}`,
    ],
  ])('%s is a ScenarioError', (_, text) => {
    expect(() => parseScenario(text, 'x.yaml')).toThrow(ScenarioError);
  });
});

describe('parseTaskFamily', () => {
  const judge: NetworkCheck = ({ load }) =>
    (load?.min ?? 0) > (load?.max ?? 1) ? { key: 'load.min', message: 'above load.max' } : undefined;

  test.each([
    ['name: f\nnetwork:\n  load: { min: .9, max: .5 }\n', 'x.yaml:3:16: network.load.min: above load.max'],
    ['name: f\ntest:\n  load: { min: .9, max: .5 }\n', 'x.yaml:3:16: test.load.min: above load.max'],
  ])('says where what the judge of the networks finds stands: %j', (text, message) => {
    expect(() => parseTaskFamily(text, 'x.yaml', judge)).toThrow(message);
  });
});
