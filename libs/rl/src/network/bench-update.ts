import { type Engine } from '../engine/engine.js';
import { Adam } from '../optimiser/adam.js';
import { softUpdate } from '../optimiser/vectors.js';
import { gradients } from '../tape/gradients.js';
import { add, concatColumns, mean, scale, square, sub } from '../tape/ops.js';
import { type Shape, Tape, type Var } from '../tape/tape.js';
import { Mlp } from './mlp.js';

export interface UpdateBenchOptions {
  readonly hidden: readonly number[];
  readonly stateSize: number;
  readonly actionSize: number;
  readonly batch: number;
  /** Updates that count; a quarter as many go before. */
  readonly updates: number;
}

export interface UpdateBenchResult {
  /** Median time of one update. */
  readonly updateMs: number;
  /** Median time of one action of the actor, a batch of one. */
  readonly actionUs: number;
  /** Mean squared TD error of the last update: the work was done. */
  readonly criticLoss: number;
}

interface Network {
  readonly mlp: Mlp;
  readonly online: Float32Array;
  readonly target: Float32Array;
  readonly adam: Adam;
}

const ACTIONS_TIMED_TOGETHER = 100;

/**
 * Times what a DDPG agent does over and over: one update of critic and actor on a random batch (target networks, both
 * backward passes, two Adam steps, two soft updates), and one action. Takes the memory of the networks and a tape of
 * 64 MiB out of the engine's arena. `random` draws from [0, 1), `now` is a clock in ms; both are handed in.
 */
export function benchUpdate(
  engine: Engine,
  options: UpdateBenchOptions,
  { now, random }: { readonly now: () => number; readonly random: () => number },
): UpdateBenchResult {
  const { hidden, stateSize, actionSize, batch, updates } = options;
  const network = (inputs: number, outputs: number): Network => {
    const mlp = new Mlp(engine, { inputs, hidden, outputs, activation: 'tanh' });
    const online = mlp.initialise(random);
    const target = engine.allocate(online.length);
    target.set(online);
    return { mlp, online, target, adam: new Adam(engine, [{ length: online.length, learningRate: 1e-4 }]) };
  };
  const tape = new Tape(engine);
  const actor = network(stateSize, actionSize);
  const critic = network(stateSize + actionSize, 1);
  const draw = (columns: number): [Float32Array, Shape] => [
    Float32Array.from({ length: batch * columns }, random),
    { rows: batch, columns },
  ];
  const data = {
    states: draw(stateSize),
    actions: draw(actionSize),
    rewards: draw(1),
    next: draw(stateSize),
  };

  let criticLoss = 0;
  const update = (): void => {
    tape.reset();
    const states = tape.leaf(...data.states);
    const next = tape.leaf(...data.next);
    const value = (parameters: Var, x: Var, action: Var): Var =>
      critic.mlp.forward(parameters, concatColumns([x, action]));

    const nextActions = actor.mlp.forward(tape.leaf(actor.target), next);
    const nextValues = value(tape.leaf(critic.target), next, nextActions);
    const returns = add(tape.leaf(...data.rewards), scale(nextValues, 0.9));
    const criticParameters = tape.leaf(critic.online);
    const errors = sub(returns, value(criticParameters, states, tape.leaf(...data.actions)));
    const loss = mean(square(errors));
    const [criticGradient] = gradients(loss, [criticParameters]) as [Var];
    criticLoss = loss.value;
    critic.adam.step(critic.online, criticGradient.data);

    const actorParameters = tape.leaf(actor.online);
    const actions = actor.mlp.forward(actorParameters, states);
    const actorLoss = scale(mean(value(tape.leaf(critic.online), states, actions)), -1);
    const [actorGradient] = gradients(actorLoss, [actorParameters]) as [Var];
    actor.adam.step(actor.online, actorGradient.data);

    for (const { target, online } of [actor, critic]) softUpdate(engine, { target, source: online }, 0.02);
  };
  const state = data.states[0].slice(0, stateSize);
  const act = (): void => {
    for (let i = 0; i < ACTIONS_TIMED_TOGETHER; i++) actor.mlp.infer(actor.online, state);
  };
  const updateMs = medianMs(update, updates, now);
  const actionUs = (medianMs(act, updates, now) * 1000) / ACTIONS_TIMED_TOGETHER;
  return { updateMs, actionUs, criticLoss };
}

function medianMs(work: () => void, count: number, now: () => number): number {
  for (let i = 0; i < count / 4; i++) work();
  const times = Array.from({ length: count }, () => {
    const started = now();
    work();
    return now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(count / 2)]!;
}
