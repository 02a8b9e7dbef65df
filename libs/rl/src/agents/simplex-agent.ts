import { type Engine } from '../engine/engine.js';
import { assertVector } from '../learning.error.js';
import { Mlp } from '../network/mlp.js';
import { initialParameters } from '../network/mlp-layout.js';
import { explore, type Exploration } from '../noise/gaussian-noise.js';
import { type SeededRandom } from '../random/seeded-random.js';
import { type TransitionRef } from '../replay/replay-buffer.js';
import {
  assertVectorTransitions,
  gatherVectors,
  type VectorTransitions,
} from '../replay/vector-transitions.js';
import { affine, concatColumns, scale, softmax } from '../tape/ops.js';
import { type Tape } from '../tape/tape.js';
import {
  parameterCount,
  type ActorCritic,
  type Minibatch,
  type ParameterLayout,
  type TapedStates,
} from './actor-critic.js';
import { ACTOR_OUTPUT_SCALE, type AgentPreset } from './presets.js';

export interface SimplexAgentConfig {
  readonly kind: 'simplex';
  readonly preset: AgentPreset;
  readonly stateSize: number;
  /** Number of shares that an action consists of. */
  readonly shares: number;
}

/** Units of the hidden layers of both networks, and the discount per decision. */
const PRESETS = {
  default: { hidden: [64, 64], gamma: 0.9 },
  paper: { hidden: [256, 512, 512], gamma: 0.99 },
};

/** No share is less. */
const FLOOR = 0.02;
/** Factor on the logits: shares near the corners are within reach of small ones. */
const STEEPNESS = 3;
/** Standard deviation of the exploration noise on the logits. */
const SIGMA = 0.5;

/**
 * The higher controller: an action divides a whole into k shares.
 *
 *     b = .02 + (1 - .02 k) softmax(3 actor(s))        Q(s, b) = critic([s, b])
 *
 * `act` goes by the parameters that were adopted last; learning hands its own in.
 */
export class SimplexAgent implements ActorCritic<VectorTransitions> {
  readonly architecture: string;
  readonly gamma: number;
  readonly layout: ParameterLayout;
  private readonly actor: Mlp;
  private readonly critic: Mlp;
  private readonly adopted: Float32Array;
  /** What the shares have above the floor, together. */
  private readonly span: number;

  constructor(
    engine: Engine,
    private readonly config: SimplexAgentConfig,
  ) {
    const { stateSize, shares } = config;
    const { hidden, gamma } = PRESETS[config.preset];
    const activation = 'tanh';
    this.actor = new Mlp(engine, { inputs: stateSize, hidden, outputs: shares, activation });
    this.critic = new Mlp(engine, { inputs: stateSize + shares, hidden, outputs: 1, activation });
    this.gamma = gamma;
    this.layout = { actor: this.actor.parameterCount, critic: this.critic.parameterCount };
    this.span = 1 - shares * FLOOR;
    this.adopted = engine.allocate(this.layout.actor);
    this.architecture =
      `ddpg simplex ${config.preset}: ${stateSize} values to ${shares} shares from ${FLOOR}, ` +
      `actor and critic ${hidden.join('-')} ${activation}, gamma ${gamma}`;
  }

  /** Fresh parameters, [actor | critic]. */
  initialParameters(random: SeededRandom): Float32Array {
    const parameters = new Float32Array(parameterCount(this.layout));
    const uniform = () => random.uniform();
    parameters.set(initialParameters(this.actor.spec, uniform, { outputScale: ACTOR_OUTPUT_SCALE }));
    parameters.set(initialParameters(this.critic.spec, uniform), this.layout.actor);
    return parameters;
  }

  /** Acts by these parameters from now on; copies them. @throws {LearningError} */
  adopt(parameters: Float32Array): void {
    assertVector(parameters, parameterCount(this.layout), 'parameters');
    this.adopted.set(parameters.subarray(0, this.layout.actor));
  }

  /** Shares, each at least .02, sum 1. @throws {LearningError} a state of another size, or not finite */
  act(state: Float32Array, exploration?: Exploration): Float32Array {
    assertVector(state, this.config.stateSize, 'state');
    const logits = this.actor.infer(this.adopted, state);
    if (exploration !== undefined) explore(logits, SIGMA, exploration);
    const largest = Math.max(...logits);
    const powers = logits.map((logit) => Math.exp(STEEPNESS * (logit - largest)));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => FLOOR + (this.span * power) / total);
  }

  assertTransitions(batch: VectorTransitions): void {
    assertVectorTransitions(batch, { state: this.config.stateSize, action: this.config.shares });
  }

  minibatch(refs: readonly TransitionRef<VectorTransitions>[]): Minibatch {
    const { count, rewards, ...rows } = gatherVectors(refs);
    return {
      count,
      rewards,
      states: (tape) => this.taped(tape, rows.states),
      actions: (tape) => tape.leaf(rows.actions, { rows: count, columns: this.config.shares }),
      nextStates: (tape) => this.taped(tape, rows.nextStates),
    };
  }

  private taped(tape: Tape, values: Float32Array): TapedStates {
    const { stateSize } = this.config;
    const states = tape.leaf(values, { rows: values.length / stateSize, columns: stateSize });
    return {
      policy: (actor) => {
        const logits = this.actor.forward(actor, states);
        return { logits, actions: affine(softmax(scale(logits, STEEPNESS)), this.span, FLOOR) };
      },
      value: (critic, actions) => this.critic.forward(critic, concatColumns([states, actions])),
    };
  }
}
