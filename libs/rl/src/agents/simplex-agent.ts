import { type Engine } from '../engine/engine.js';
import { LearningError, assertVector } from '../learning.error.js';
import { Mlp } from '../network/mlp.js';
import { initialParameters, type MlpSpec } from '../network/mlp-layout.js';
import { explore, type Exploration } from '../noise/gaussian-noise.js';
import { type SeededRandom } from '../random/seeded-random.js';
import { type TransitionRef } from '../replay/replay-buffer.js';
import {
  assertVectorTransitions,
  gatherVectors,
  type VectorTransitions,
} from '../replay/vector-transitions.js';
import { add, affine, log, maximum, rowSums, scale, sliceColumns, softmax } from '../tape/ops.js';
import { type Tape, type Var } from '../tape/tape.js';
import {
  criticsOf,
  parameterCount,
  targetNoise,
  type ActorCritic,
  type Minibatch,
  type ParameterLayout,
  type TapedStates,
} from './actor-critic.js';
import { ACTOR_OUTPUT_SCALE, assertConstants, improvementsOf, type AgentOptions } from './presets.js';

/** `hidden` are the layers of the actor and of each critic. */
export interface SimplexAgentConfig extends AgentOptions {
  readonly kind: 'simplex';
  readonly stateSize: number;
  /** Number of shares that an action consists of. */
  readonly shares: number;
  /** Learns what to change in a rule's shares, which the state holds from value `baseAt` on; absent: all by itself. */
  readonly residual?: { readonly baseAt: number };
}

/** Units of the hidden layers of all networks, the discount per decision, and the exploration noise on the logits. */
const PRESETS = {
  default: { hidden: [64, 64], gamma: 0.9, sigma: 0.5 },
  paper: { hidden: [256, 512, 512], gamma: 0.99, sigma: 0.5 },
};

/** No share is less. */
const FLOOR = 0.02;
/** Factor on the logits: shares near the corners are within reach of small ones. */
const STEEPNESS = 3;
/** A rule's shares count as no less, for their logarithm to be finite and within an actor's reach. */
const BASE_FLOOR = 1e-3;

/**
 * The higher controller: an action divides a whole into k shares.
 *
 *     b = .02 + (1 - .02 k) softmax(3 actor(s))        Q(s, b) = critic([s, b])
 *
 * With `residual` it learns on top of a rule, whose shares are values of the state, and does as the rule at first
 * (residual policy learning, Silver et al. 2018, Johannink et al. 2019):
 *
 *     b = .02 + (1 - .02 k) softmax(ln(base) + 3 actor(s))
 *
 * `act` goes by the parameters that were adopted last; learning hands its own in.
 */
export class SimplexAgent implements ActorCritic<VectorTransitions> {
  readonly architecture: string;
  readonly gamma: number;
  readonly policyDelay: number;
  readonly layout: ParameterLayout;
  private readonly sigma: number;
  /** How many: one, or TD3's two. */
  private readonly critics: number;
  private readonly actor: Mlp;
  /** Of each critic. */
  private readonly critic: Mlp;
  private readonly adopted: Float32Array;
  /** What the shares have above the floor, together. */
  private readonly span: number;

  constructor(
    engine: Engine,
    private readonly config: SimplexAgentConfig,
  ) {
    const { stateSize, shares, residual } = config;
    const preset = PRESETS[config.preset];
    const { hidden = preset.hidden, gamma = preset.gamma, sigma = preset.sigma } = config;
    const { algorithm, critics, policyDelay } = improvementsOf(config);
    assertConstants({ gamma, sigma });
    if (residual !== undefined && !isOffset(residual.baseAt, stateSize - shares)) {
      const message = `no ${shares} shares of a rule from value ${residual.baseAt} of ${stateSize} on`;
      throw new LearningError('LEARNING_BAD_INPUT', message);
    }
    const activation = 'tanh';
    this.actor = new Mlp(engine, { inputs: stateSize, hidden, outputs: shares, activation });
    this.critic = new Mlp(engine, { inputs: stateSize + shares, hidden, outputs: 1, activation });
    this.gamma = gamma;
    this.sigma = sigma;
    this.critics = critics;
    this.policyDelay = policyDelay;
    this.layout = { actor: this.actor.parameterCount, critic: critics * this.critic.parameterCount };
    this.span = 1 - shares * FLOOR;
    this.adopted = engine.allocate(this.layout.actor);
    this.architecture =
      `${algorithm} simplex ${config.preset}: ${stateSize} values to ${shares} shares from ${FLOOR}, ` +
      `actor and critic ${hidden.join('-')} ${activation}, gamma ${gamma}` +
      (residual === undefined ? '' : `, on the rule at ${residual.baseAt}`);
  }

  /** The actor's network, which maps a state to logits. */
  get actorSpec(): MlpSpec {
    return this.actor.spec;
  }

  /** Fresh parameters, [actor | critic]. */
  initialParameters(random: SeededRandom): Float32Array {
    const parameters = new Float32Array(parameterCount(this.layout));
    const uniform = () => random.uniform();
    const outputScale = this.config.residual === undefined ? ACTOR_OUTPUT_SCALE : 0;
    parameters.set(initialParameters(this.actor.spec, uniform, { outputScale }));
    for (let i = 0; i < this.critics; i++) {
      const from = this.layout.actor + i * this.critic.parameterCount;
      parameters.set(initialParameters(this.critic.spec, uniform), from);
    }
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
    if (exploration !== undefined) explore(logits, this.sigma, exploration);
    const { residual } = this.config;
    if (residual !== undefined) {
      for (let i = 0; i < logits.length; i++) {
        logits[i]! += Math.log(Math.max(BASE_FLOOR, state[residual.baseAt + i]!)) / STEEPNESS;
      }
    }
    const largest = Math.max(...logits);
    const powers = logits.map((logit) => Math.exp(STEEPNESS * (logit - largest)));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => FLOOR + (this.span * power) / total);
  }

  assertTransitions(batch: VectorTransitions): void {
    assertVectorTransitions(batch, { state: this.config.stateSize, action: this.config.shares });
  }

  minibatch(refs: readonly TransitionRef<VectorTransitions>[], random?: SeededRandom): Minibatch {
    const { count, rewards, ...rows } = gatherVectors(refs);
    return {
      count,
      rewards,
      ...targetNoise(this.critics, count * this.config.shares, random),
      states: (tape) => this.taped(tape, rows.states),
      actions: (tape) => tape.leaf(rows.actions, { rows: count, columns: this.config.shares }),
      nextStates: (tape) => this.taped(tape, rows.nextStates),
    };
  }

  private taped(tape: Tape, values: Float32Array): TapedStates {
    const { stateSize } = this.config;
    const states = tape.leaf(values, { rows: values.length / stateSize, columns: stateSize });
    return {
      policy: (actor, noise) => {
        const logits = this.actor.forward(actor, states);
        const noisy = noise === undefined ? logits : add(logits, tape.leaf(noise, logits));
        const shares = softmax(this.onBase(states, scale(noisy, STEEPNESS)));
        return { logits, actions: affine(shares, this.span, FLOOR) };
      },
      totals: rowSums,
      values: (parameters, actions) => {
        const [first, ...others] = criticsOf(parameters, this.critics);
        return [
          this.critic.forward(first, states, actions),
          ...others.map((each) => this.critic.forward(each, states, actions)),
        ];
      },
    };
  }

  /** With the logarithms of the rule's shares, where there is a rule. */
  private onBase(states: Var, logits: Var): Var {
    const { residual, shares } = this.config;
    if (residual === undefined) return logits;
    const { baseAt } = residual;
    return add(log(maximum(sliceColumns(states, baseAt, baseAt + shares), BASE_FLOOR)), logits);
  }
}

function isOffset(value: number, largest: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= largest;
}
