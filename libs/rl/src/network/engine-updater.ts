import { type Engine } from '../engine/engine.js';
import { Adam } from '../optimiser/adam.js';
import { softUpdate } from '../optimiser/vectors.js';
import { gradients } from '../tape/gradients.js';
import { add, mean, scale, square, sub } from '../tape/ops.js';
import { Tape, type TapeOptions, type Var } from '../tape/tape.js';
import { Mlp } from './mlp.js';
import { type MlpSpec } from './mlp-layout.js';
import { type UpdateProblem, type Updater } from './update-problem.js';

/** A network with its target and its optimiser. */
interface Learner {
  readonly mlp: Mlp;
  readonly online: Float32Array;
  readonly target: Float32Array;
  readonly adam: Adam;
}

/** Computes a problem's update on an engine. Takes the memory of the networks and of a tape out of its arena. */
export function engineUpdater(engine: Engine, problem: UpdateProblem, options: TapeOptions = {}): Updater {
  const { batch, learningRate, discount, softUpdateRate } = problem;
  const learner = (spec: MlpSpec, parameters: Float32Array): Learner => {
    const [online, target] = [engine.allocate(parameters.length), engine.allocate(parameters.length)];
    online.set(parameters);
    target.set(parameters);
    return {
      ...{ mlp: new Mlp(engine, spec), online, target },
      adam: new Adam(engine, [{ length: parameters.length, learningRate }]),
    };
  };
  const tape = new Tape(engine, options);
  const actor = learner(problem.actor, problem.parameters.actor);
  const critic = learner(problem.critic, problem.parameters.critic);
  const rows = (values: Float32Array): Var =>
    tape.leaf(values, { rows: batch.size, columns: values.length / batch.size });
  const value = (parameters: Var, states: Var, actions: Var): Var =>
    critic.mlp.forward(parameters, states, actions);
  const final = { differentiable: false };

  const update = (): number => {
    tape.reset();
    const [states, next] = [rows(batch.states), rows(batch.nextStates)];
    const nextActions = actor.mlp.forward(tape.leaf(actor.target), next);
    const nextValues = value(tape.leaf(critic.target), next, nextActions);
    const returns = add(rows(batch.rewards), scale(nextValues, discount));
    const criticParameters = tape.leaf(critic.online);
    const loss = mean(square(sub(returns, value(criticParameters, states, rows(batch.actions)))));
    const [criticGradient] = gradients(loss, [criticParameters], final) as [Var];
    critic.adam.step(critic.online, criticGradient.data);

    const actorParameters = tape.leaf(actor.online);
    const actions = actor.mlp.forward(actorParameters, states);
    const actorLoss = scale(mean(value(tape.leaf(critic.online), states, actions)), -1);
    const [actorGradient] = gradients(actorLoss, [actorParameters], final) as [Var];
    actor.adam.step(actor.online, actorGradient.data);

    for (const { target, online } of [actor, critic]) {
      softUpdate(engine, { target, source: online }, softUpdateRate);
    }
    return loss.value;
  };
  return {
    name: engine.name,
    update,
    act: (state) => actor.mlp.infer(actor.online, state),
    parameters: () => ({
      ...{ actor: actor.online.slice(), critic: critic.online.slice() },
      ...{ actorTarget: actor.target.slice(), criticTarget: critic.target.slice() },
    }),
  };
}
