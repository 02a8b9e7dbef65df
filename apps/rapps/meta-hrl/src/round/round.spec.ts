import { type Contribution } from '@ricochet/contracts';
import fc from 'fast-check';
import { ContributionRefused } from './contribution-refused.error.js';
import { Round } from './round.js';

const NODES = ['du-b', 'du-a', 'du-c'];
const open = (): Round =>
  new Round({
    level: 'high',
    number: 7,
    modelVersion: 3,
    parameterCount: 2,
    participants: NODES,
    timeMs: 400,
  });
const from = (nodeId: string, changes: Partial<Contribution> = {}): Contribution => ({
  level: 'high',
  round: 7,
  nodeId,
  modelVersion: 3,
  gradient: { inline: '' },
  tdVariance: 0.5,
  supportSamples: 128,
  querySamples: 64,
  decisions: 0,
  ...changes,
});
const GRADIENT = Float32Array.of(1, -1);

/** The message of the refusal; the round is as it was. */
function refusal(round: Round, contribution: Contribution, gradient: Float32Array = GRADIENT): string {
  const before = round.contributions;
  try {
    round.take(contribution, gradient);
  } catch (error) {
    expect(error).toBeInstanceOf(ContributionRefused);
    expect(round.contributions).toEqual(before);
    const { reason, message } = error as ContributionRefused;
    expect(message.startsWith(`${reason}: `)).toBe(true);
    return message;
  }
  throw new Error('taken');
}

describe('Round', () => {
  it('is complete when all have contributed, and gives them by node id', () => {
    const round = open();
    for (const nodeId of ['du-c', 'du-a']) round.take(from(nodeId), GRADIENT);
    expect([round.isComplete, round.missing]).toEqual([false, ['du-b']]);
    round.take(from('du-b', { meanReward: 0.75, decisions: 12 }), GRADIENT);
    expect([round.isComplete, round.missing]).toEqual([true, []]);
    expect(round.contributions.map(({ nodeId }) => nodeId)).toEqual(['du-a', 'du-b', 'du-c']);
    expect(round.contributions[1]).toEqual({
      nodeId: 'du-b',
      gradient: GRADIENT,
      tdVariance: 0.5,
      supportSamples: 128,
      querySamples: 64,
      meanReward: 0.75,
      decisions: 12,
    });
  });

  it('counts a DU that was named twice once', () => {
    const round = new Round({ ...open().options, participants: ['du-a', 'du-a'] });
    round.take(from('du-a'), GRADIENT);
    expect(round.isComplete).toBe(true);
  });

  it.each<[string, Contribution, Float32Array | undefined]>([
    ['late: round 6 of the high level is not open', from('du-a', { round: 6 }), undefined],
    ['late: round 8 of the high level is not open', from('du-a', { round: 8 }), undefined],
    ['unknown-du: du-x takes no part in round 7 of the high level', from('du-x'), undefined],
    [
      'stale: du-a contributes to v2, round 7 of the high level is about v3',
      from('du-a', { modelVersion: 2 }),
      undefined,
    ],
    ['shape: gradient of du-a has 3 values instead of 2', from('du-a'), new Float32Array(3)],
    ['shape: gradient of du-a has 0 values instead of 2', from('du-a'), new Float32Array(0)],
    ['not-finite: gradient of du-a: value 1 is NaN', from('du-a'), Float32Array.of(0, NaN)],
    ['not-finite: gradient of du-a: value 0 is -Infinity', from('du-a'), Float32Array.of(-Infinity, 0)],
    ['not-finite: TD variance or reward of du-a', from('du-a', { tdVariance: NaN }), undefined],
    ['not-finite: TD variance or reward of du-a', from('du-a', { meanReward: Infinity }), undefined],
  ])('refuses: %s', (message, contribution, gradient) => {
    const round = open();
    expect(refusal(round, contribution, gradient)).toBe(message);
    // The DU may still mend it.
    round.take(from('du-a'), GRADIENT);
  });

  it('takes the first of two contributions of a DU', () => {
    const round = open();
    round.take(from('du-a', { tdVariance: 1 }), GRADIENT);
    expect(refusal(round, from('du-a', { tdVariance: 2 }))).toBe(
      'duplicate: du-a has contributed to round 7 of the high level',
    );
    expect(round.contributions).toMatchObject([{ tdVariance: 1 }]);
  });

  it('holds, whatever comes in whatever order, each participant at most once and nothing that is not finite', () => {
    const value = fc.oneof(fc.float(), fc.constantFrom(NaN, Infinity, -Infinity, 1));
    const contribution = fc.record({
      nodeId: fc.constantFrom(...NODES, 'du-x'),
      round: fc.constantFrom(6, 7, 7, 7),
      modelVersion: fc.constantFrom(2, 3, 3, 3),
      tdVariance: fc.oneof(fc.double({ min: 0, noNaN: true }), fc.constantFrom(NaN, Infinity)),
      gradient: fc.array(value, { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(contribution, { maxLength: 20 }), (arrivals) => {
        const round = open();
        for (const { gradient, ...changes } of arrivals) {
          try {
            round.take(from(changes.nodeId, changes), Float32Array.from(gradient));
          } catch (error) {
            expect(error).toBeInstanceOf(ContributionRefused);
          }
        }
        const taken = round.contributions.map(({ nodeId }) => nodeId);
        expect(taken).toEqual([...new Set(taken)].sort());
        expect([...taken, ...round.missing].sort()).toEqual([...NODES].sort());
        for (const { gradient, tdVariance } of round.contributions) {
          expect(gradient).toHaveLength(2);
          expect([...gradient, tdVariance].every(Number.isFinite)).toBe(true);
        }
      }),
    );
  });
});
