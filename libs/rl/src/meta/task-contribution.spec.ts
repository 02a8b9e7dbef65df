import { ddpgGradient } from '../agents/ddpg.js';
import { SimplexAgent } from '../agents/simplex-agent.js';
import { createEngine } from '../engine/engine.js';
import { SeededRandom } from '../random/seeded-random.js';
import { packVectors } from '../replay/vector-transitions.js';
import { Tape } from '../tape/tape.js';
import { DEFAULT_INNER_STEP } from './inner-step.js';
import { taskContribution as contributionOf } from './task-contribution.js';

const engine = createEngine({ mebibytes: 32 });
const agent = new SimplexAgent(engine, { kind: 'simplex', preset: 'default', stateSize: 5, shares: 3 });
const context = { agent, tape: new Tape(engine, { mebibytes: 16 }) };
const random = new SeededRandom('task-contribution.spec');
const state = () => Float32Array.from({ length: 5 }, () => random.normal());
const minibatch = () => {
  const batch = packVectors(
    Array.from({ length: 32 }, () => ({
      state: state(),
      action: agent.act(state(), { random }),
      reward: random.uniform(),
      next: state(),
    })),
  );
  return agent.minibatch(Array.from({ length: 32 }, (_, row) => ({ batch, row })));
};
const [parameters, targets] = [agent.initialParameters(random), agent.initialParameters(random)];
const task = { parameters, targets, support: minibatch(), query: minibatch() };
const length = (vector: Float32Array) => Math.hypot(...vector);
/** With a copy of theta_g, which stays. */
const taskContribution: typeof contributionOf = (...args) => {
  const contribution = contributionOf(...args);
  return { ...contribution, adapted: contribution.adapted.slice() };
};

describe('taskContribution', () => {
  it('takes the query gradient where the support gradient leads to', () => {
    const { gradient, adapted } = taskContribution(context, task, DEFAULT_INNER_STEP);
    const support = ddpgGradient(context, { online: parameters, targets }, task.support).gradient;
    for (const [from, to] of [
      [0, agent.layout.actor],
      [agent.layout.actor, parameters.length],
    ] as const) {
      const part = support.subarray(from, to);
      const clip = Math.min(1, 1 / length(part));
      part.forEach((g, i) => {
        expect(adapted[from + i]).toBeCloseTo(parameters[from + i]! - 0.01 * clip * g, 6);
      });
    }
    expect(gradient).toEqual(ddpgGradient(context, { online: adapted, targets }, task.query).gradient);
  });

  it('takes it at the model itself when joint', () => {
    const joint = taskContribution(context, task, { ...DEFAULT_INNER_STEP, method: 'joint' });
    const { gradient } = ddpgGradient(context, { online: parameters, targets }, task.query);
    expect(joint.gradient).toEqual(gradient);
    expect(joint.adapted).toEqual(taskContribution(context, task, DEFAULT_INNER_STEP).adapted);
    expect(taskContribution(context, task, DEFAULT_INNER_STEP).gradient).not.toEqual(gradient);
  });

  it('is the way to the adapted point, over the rate, in Reptile', () => {
    const reptile = { ...DEFAULT_INNER_STEP, method: 'reptile' as const, steps: 3 };
    const { gradient, adapted, tdVariance } = taskContribution(context, task, reptile);
    gradient.forEach((g, i) => expect(g).toBeCloseTo((parameters[i]! - adapted[i]!) / 0.01, 4));
    const one = taskContribution(context, task, { ...reptile, steps: 1 }).adapted;
    const two = taskContribution(context, { ...task, parameters: one }, { ...reptile, steps: 2 });
    expect(adapted).toEqual(two.adapted);
    // No gradient of the query batch, but its TD errors.
    expect(tdVariance).toBe(two.tdVariance);
  });

  it('steps no farther than the rate times the clip, for each network', () => {
    const far = taskContribution(context, task, { method: 'fomaml', rate: 2, clipNorm: 0.01 });
    const step = far.adapted.map((x, i) => x - parameters[i]!);
    for (const part of [step.subarray(0, agent.layout.actor), step.subarray(agent.layout.actor)]) {
      expect(length(part)).toBeLessThan(0.02 * 1.001);
    }
    expect(length(step.subarray(agent.layout.actor))).toBeCloseTo(0.02, 4);
  });

  it('tells the variance of the TD errors', () => {
    const { tdVariance, adapted } = taskContribution(context, task, DEFAULT_INNER_STEP);
    const errors = [...ddpgGradient(context, { online: adapted, targets }, task.query).tdErrors];
    const mean = errors.reduce((sum, x) => sum + x, 0) / errors.length;
    expect(tdVariance).toBeCloseTo(errors.reduce((sum, x) => sum + (x - mean) ** 2, 0) / errors.length, 6);
    // A critic that is off by as much everywhere has no variance, but a mean.
    const zero = new Float32Array(parameters.length);
    const query = { ...task.query, rewards: task.query.rewards.map(() => 0.7) };
    const flat = { ...task, query, parameters: zero, targets: zero };
    const joint = { ...DEFAULT_INNER_STEP, method: 'joint' as const };
    expect(taskContribution(context, flat, joint).tdVariance).toBeCloseTo(0, 10);
  });
});
