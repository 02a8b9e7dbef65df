import { LearningBags } from './learning-bags.js';
import { jsonOf } from './recordings.fixture.js';
import { type Tapped } from './tapped.js';

const tapped = (subject: string, content: object, answer?: unknown): Tapped => ({
  subject,
  payload: Buffer.from(JSON.stringify(content)),
  ...(answer !== undefined && { answer }),
});
const opened = (timeMs: number): Tapped =>
  tapped('rapp.meta-hrl.round.open', { level: 'high', timeMs }, { value: { round: timeMs / 100 } });
const part = (nodeId: string): Tapped =>
  tapped('rapp.meta-hrl.contribution', { level: 'high', nodeId, gradient: { inline: 'AAAA' } });

/** Subjects with their times, of what is complete at that time. */
const told = (bags: LearningBags, timeMs: number): string[] =>
  bags.complete(timeMs).map((message) => {
    const { subject } = jsonOf(message) as { subject: string };
    return `${message.timeMs} ${message.kind} ${subject} ${message.node}`.trim();
  });

describe('LearningBags', () => {
  it('keeps what belongs to a round at the time that it was opened for, when it can have no more', () => {
    const bags = new LearningBags();
    for (const message of [opened(200), part('b'), part('a'), opened(400), part('a')]) bags.add(message);
    expect(told(bags, 390)).toEqual([]);
    expect(told(bags, 400)).toEqual([
      '200 model rapp.meta-hrl.round.open',
      '200 model rapp.meta-hrl.contribution a',
      '200 model rapp.meta-hrl.contribution b',
    ]);
    expect(told(bags, 600)).toEqual([
      '400 model rapp.meta-hrl.round.open',
      '400 model rapp.meta-hrl.contribution a',
    ]);
  });

  it('tells what was said again once, and of what became of a policy the last word', () => {
    const bags = new LearningBags();
    const policy = { policyTypeId: 20_501, policyId: 'p', policy: { modelVersion: 1 } };
    for (const message of [
      tapped('a1.policy.put', policy),
      tapped('a1.policy.put', policy, { error: { message: 'not yet' } }),
      tapped('a1.policy.put', policy, { value: {} }),
      tapped('ric.xapp.q.policy.life-1', policy),
      tapped('ric.xapp.q.policy.life-2', policy),
      tapped('a1.policy.status', { ...policy, enforceStatus: 'NOT_ENFORCED', enforceReason: 'not yet' }),
      tapped('a1.policy.status', { ...policy, enforceStatus: 'ENFORCED' }),
    ])
      bags.add(message);
    const messages = bags.complete(200);
    expect(messages.map(jsonOf)).toEqual([
      { subject: 'a1.policy.put', message: policy, answer: {} },
      { subject: 'ric.xapp.policy', message: policy },
      { subject: 'a1.policy.status', message: { ...policy, enforceStatus: 'ENFORCED' } },
    ]);
  });

  it('keeps what comes after all of its round was told, at the time that it comes at, and nothing twice', () => {
    const bags = new LearningBags();
    const status = (enforceStatus: string): Tapped =>
      tapped('a1.policy.status', { policyTypeId: 20_510, policyId: 'p', enforceStatus });
    for (const message of [opened(200), status('NOT_ENFORCED')]) bags.add(message);
    expect(told(bags, 400)).toHaveLength(2);
    bags.add(status('NOT_ENFORCED'));
    expect(told(bags, 900)).toEqual([]);
    for (const message of [status('NOT_ENFORCED'), status('ENFORCED')]) bags.add(message);
    expect(told(bags, 1_000)).toEqual([]);
    expect(told(bags, 1_100)).toEqual(['900 a1 a1.policy.status']);
    expect(told(bags, 9_000)).toEqual([]);
  });

  it('takes what is no JSON as it takes what says nothing', () => {
    const bags = new LearningBags();
    bags.add({ subject: 'a1.policy.put', payload: Buffer.from('{') });
    expect(told(bags, 200)).toEqual(['0 a1 a1.policy.put']);
  });

  it('has vectors by their digests', () => {
    const bags = new LearningBags();
    bags.add(part('a'));
    expect(bags.complete(200).map(jsonOf)).toMatchObject([
      { message: { gradient: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } } },
    ]);
  });
});
