import { initialParameters, type MlpSpec } from './mlp-layout.js';

export interface UpdateSizes {
  /** Units of the hidden layers of actor and critic. */
  readonly hidden: readonly number[];
  readonly stateSize: number;
  readonly actionSize: number;
  /** Transitions of the minibatch. */
  readonly batch: number;
}

/**
 * One DDPG update (Lillicrap et al. 2016), laid out for whatever computes it: networks of tanh units, a minibatch, and
 * what the two steps of Adam and the two soft updates go by.
 */
export interface UpdateProblem {
  readonly actor: MlpSpec;
  /** Takes [state | action]. */
  readonly critic: MlpSpec;
  /** Flat, as `mlpLayout` says; the target networks begin with the same. */
  readonly parameters: { readonly actor: Float32Array; readonly critic: Float32Array };
  /** A row for each transition. */
  readonly batch: {
    readonly size: number;
    readonly states: Float32Array;
    readonly actions: Float32Array;
    readonly rewards: Float32Array;
    readonly nextStates: Float32Array;
  };
  readonly discount: number;
  readonly learningRate: number;
  readonly softUpdateRate: number;
}

/** Something that computes a problem's update over and over. */
export interface Updater {
  /** What computes. */
  readonly name: string;
  /** One update; returns the critic's loss before it. */
  update(): number;
  /** The actor's action for one state. */
  act(state: Float32Array): Float32Array;
  /** Copies of all parameters, flat. */
  parameters(): Readonly<Record<'actor' | 'critic' | 'actorTarget' | 'criticTarget', Float32Array>>;
}

/** A problem with everything drawn anew; `random` draws from [0, 1). */
export function updateProblem(
  { hidden, stateSize, actionSize, batch }: UpdateSizes,
  random: () => number,
  learningRate = 1e-4,
): UpdateProblem {
  const actor: MlpSpec = { inputs: stateSize, hidden, outputs: actionSize, activation: 'tanh' };
  const critic: MlpSpec = { ...actor, inputs: stateSize + actionSize, outputs: 1 };
  const draw = (columns: number): Float32Array => Float32Array.from({ length: batch * columns }, random);
  return {
    actor,
    critic,
    parameters: { actor: initialParameters(actor, random), critic: initialParameters(critic, random) },
    batch: {
      size: batch,
      states: draw(stateSize),
      actions: draw(actionSize),
      rewards: draw(1),
      nextStates: draw(stateSize),
    },
    ...{ discount: 0.9, learningRate, softUpdateRate: 0.02 },
  };
}
