import { ddpgGradient } from '../agents/ddpg.js';
import { SetAgent } from '../agents/set-agent.js';
import { SimplexAgent } from '../agents/simplex-agent.js';
import { createEngine } from '../engine/engine.js';
import { SeededRandom } from '../random/seeded-random.js';
import { packElements } from '../replay/element-transitions.js';
import { packVectors } from '../replay/vector-transitions.js';
import { Tape } from '../tape/tape.js';
import { type InnerStepOptions } from './inner-step.js';
import { taskContribution, type MetaTask } from './task-contribution.js';

const engine = createEngine({ mebibytes: 64 });
const tape = new Tape(engine, { mebibytes: 32 });
const random = new SeededRandom('second-order.spec');
const normals = (length: number) => Float32Array.from({ length }, () => random.normal());
const refs = <B>(batch: B) => Array.from({ length: 16 }, (_, row) => ({ batch, row }));

const simplex = new SimplexAgent(engine, {
  ...({ kind: 'simplex', preset: 'default', stateSize: 4, shares: 3 } as const),
  ...({ hidden: [8, 8], improvements: 'td3' } as const),
});
simplex.adopt(simplex.initialParameters(random));
const vectors = () =>
  packVectors(
    Array.from({ length: 16 }, () => ({
      state: normals(4),
      action: simplex.act(normals(4), { random }),
      reward: random.uniform(),
      next: normals(4),
    })),
  );

const set = new SetAgent(engine, { kind: 'set', preset: 'default', featureCount: 3, hidden: [8, 8] });
set.adopt(set.initialParameters(random));
const elements = () => ({ features: normals(36), groups: Int32Array.from({ length: 12 }, (_, i) => i % 2) });
const sets = () =>
  packElements(
    Array.from({ length: 16 }, () => {
      const state = elements();
      return {
        state,
        action: set.act(state, { random }).weights,
        reward: random.uniform(),
        next: elements(),
      };
    }),
  );

describe.each([
  { agent: simplex, batch: () => simplex.minibatch(refs(vectors()), random) },
  { agent: set, batch: () => set.minibatch(refs(sets())) },
])('second-order MAML of $agent.architecture', ({ agent, batch }) => {
  const context = { agent, tape };
  const { actor } = agent.layout;
  const parameters = agent.initialParameters(random).map((x) => x + 0.5 * random.normal());
  const task: MetaTask = {
    ...{ parameters, targets: agent.initialParameters(random) },
    ...{ support: batch(), query: batch() },
  };
  /** No clipping: the whole of it is differentiable then. */
  const inner: InnerStepOptions = { method: 'second-order', rate: 0.1, clipNorm: 1e9 };
  const range = (network: 'actor' | 'critic') =>
    network === 'actor' ? [0, actor] : [actor, parameters.length];
  const inRange = (i: number, [from, to]: number[]) => i >= from! && i < to!;

  it.each([1, 3])('has the gradients that differences of the losses after %d inner steps have', (steps) => {
    const { gradient, adapted } = taskContribution(context, task, { ...inner, steps });
    const first = taskContribution(context, task, { ...inner, steps, method: 'fomaml' });
    adapted.forEach((x, i) => expect(x).toBeCloseTo(first.adapted[i]!, 5));
    for (const network of ['actor', 'critic'] as const) {
      const [from, to] = range(network);
      let [squaredError, firstOrderError] = [0, 0];
      for (let trial = 0; trial < 8; trial++) {
        const direction = parameters.map((_, i) => (inRange(i, [from!, to!]) ? random.normal() : 0));
        const lossAt = (factor: number) => {
          const moved = parameters.map((x, i) => x + factor * direction[i]!);
          const at = taskContribution(context, { ...task, parameters: moved }, { ...inner, steps }).adapted;
          // The critic that the actor is judged by took its steps from where it was.
          const online = network === 'actor' ? at.map((x, i) => (i < actor ? x : adapted[i]!)) : at;
          const losses = ddpgGradient(context, { online, targets: task.targets }, task.query);
          return network === 'actor' ? losses.actorLoss : losses.criticLoss;
        };
        const step = 2e-3;
        const slope = (lossAt(step) - lossAt(-step)) / (2 * step);
        const along = (vector: Float32Array) => vector.reduce((sum, x, i) => sum + x * direction[i]!, 0);
        squaredError += (slope - along(gradient)) ** 2;
        firstOrderError += (slope - along(first.gradient)) ** 2;
      }
      const scale = Math.hypot(...gradient.subarray(from, to));
      expect(Math.sqrt(squaredError / 8)).toBeLessThan(0.01 * scale + 1e-4);
      // The Hessian makes a difference that is larger than the tolerance.
      expect(firstOrderError).toBeGreaterThan(9 * squaredError);
    }
  });

  it('takes the clipping of the inner step as a smaller rate', () => {
    const support = ddpgGradient(
      context,
      { online: parameters, targets: task.targets },
      task.support,
    ).gradient;
    const length = Math.hypot(...support.subarray(actor));
    const clipped = taskContribution(context, task, { ...inner, clipNorm: length / 4 }).gradient;
    const slower = taskContribution(context, task, { ...inner, rate: inner.rate / 4 }).gradient;
    // Of the critic: in the actor's loss there is the stepped critic, too.
    clipped.subarray(actor).forEach((g, i) => expect(g).toBeCloseTo(slower[actor + i]!, 4));
    expect(clipped).not.toEqual(taskContribution(context, task, inner).gradient);
  });
});
