import { type Engine } from '../engine/engine.js';
import { LearningError, assertVector } from '../learning.error.js';
import { Mlp } from '../network/mlp.js';
import { initialParameters, type MlpSpec } from '../network/mlp-layout.js';
import { explore, type Exploration } from '../noise/gaussian-noise.js';
import { type SeededRandom } from '../random/seeded-random.js';
import {
  assertElementTransitions,
  gatherElements,
  type ElementBatch,
  type ElementState,
  type ElementTransitions,
} from '../replay/element-transitions.js';
import { type TransitionRef } from '../replay/replay-buffer.js';
import {
  add,
  mul,
  scale,
  segments,
  segmentSoftmax,
  segmentSum,
  sliceColumns,
  view,
  zeros,
} from '../tape/ops.js';
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

/** `hidden` are the layers of the actor, those that embed an element, and the last of them the critic's head. */
export interface SetAgentConfig extends AgentOptions {
  readonly kind: 'set';
  /** Features of an element. */
  readonly featureCount: number;
  /**
   * Learns on top of a rule: feature `baseAt` of an element holds half the logarithm of the rule's weight times the
   * elements of the group.
   */
  readonly residual?: { readonly baseAt: number };
}

/** What the set agent does with each element of a state, in their order. */
export class ElementAction {
  /** @param scores before the softmax, exploration included */
  constructor(
    readonly scores: Float32Array,
    private readonly groups: Int32Array,
  ) {}

  /** Positive, sum 1 in each group. Most callers make weights of their own of the scores. */
  get weights(): Float32Array {
    return softmaxInGroups(this.scores, this.groups);
  }
}

/**
 * Units of the layers (hidden ones of the actor, those that embed an element, hidden ones of the critic's head), the
 * discount per decision, and the exploration noise on the scores.
 */
const PRESETS = {
  default: { hidden: [32, 32], embedding: [32, 32], head: [32], gamma: 0.8, sigma: 0.6 },
  paper: { hidden: [256, 512, 512], embedding: [256, 512], head: [512], gamma: 0.99, sigma: 0.6 },
};

/** Of the logarithm that a rule's feature holds. */
const BASE_SCALE = 2;

/** Sums over the elements are divided by it: the UEs of a common cell. */
const REFERENCE_ELEMENTS = 30;

/**
 * The lower controller: shares each group of a set out among its elements, any number of them, with one network for
 * all.
 *
 *     w = softmax over the group(actor(x))
 *     Q(X, w) = head(1/30 sum over the elements(tanh(embedding([x, w n]))))        n: elements of the group
 *
 * The sum makes the critic indifferent to the order of the elements (deep sets, Zaheer et al. 2017). With `residual`
 * w = softmax over the group(ln base + actor(x)), which is the rule's at first. `act` goes by the parameters that were
 * adopted last; learning hands its own in.
 */
export class SetAgent implements ActorCritic<ElementTransitions> {
  readonly architecture: string;
  readonly gamma: number;
  readonly policyDelay: number;
  readonly layout: ParameterLayout;
  private readonly sigma: number;
  /** How many: one, or TD3's two. */
  private readonly critics: number;
  private readonly actor: Mlp;
  /** The two networks of each critic. */
  private readonly embedding: Mlp;
  private readonly head: Mlp;
  private readonly adopted: Float32Array;

  constructor(
    engine: Engine,
    private readonly config: SetAgentConfig,
  ) {
    const { featureCount, residual } = config;
    if (residual !== undefined && !(residual.baseAt >= 0 && residual.baseAt < featureCount)) {
      throw new LearningError('LEARNING_BAD_INPUT', `no feature ${residual.baseAt} of ${featureCount}`);
    }
    const preset = PRESETS[config.preset];
    const { gamma = preset.gamma, sigma = preset.sigma } = config;
    const { hidden, embedding, head } = layersOf(config) ?? preset;
    const { algorithm, critics, policyDelay } = improvementsOf(config);
    assertConstants({ gamma, sigma });
    const activation = 'tanh';
    const width = embedding.at(-1)!;
    this.actor = new Mlp(engine, { inputs: featureCount, hidden, outputs: 1, activation });
    this.embedding = new Mlp(engine, {
      inputs: featureCount + 1,
      hidden: embedding.slice(0, -1),
      outputs: width,
      activation,
      outputActivation: activation,
    });
    this.head = new Mlp(engine, { inputs: width, hidden: head, outputs: 1, activation });
    this.gamma = gamma;
    this.sigma = sigma;
    this.critics = critics;
    this.policyDelay = policyDelay;
    this.layout = {
      actor: this.actor.parameterCount,
      critic: critics * (this.embedding.parameterCount + this.head.parameterCount),
    };
    this.adopted = engine.allocate(this.layout.actor);
    this.architecture =
      `${algorithm} set ${config.preset}: ${featureCount} features, actor ${hidden.join('-')}, critic ` +
      `${embedding.join('-')} sum/${REFERENCE_ELEMENTS} ${head.join('-')} ${activation}, gamma ${gamma}` +
      (residual === undefined ? '' : `, on the rule at ${residual.baseAt}`);
  }

  /** The actor's network, which maps the features of an element to its score. */
  get actorSpec(): MlpSpec {
    return this.actor.spec;
  }

  /** Fresh parameters, [actor | critic]. */
  initialParameters(random: SeededRandom): Float32Array {
    const uniform = () => random.uniform();
    const parameters = new Float32Array(parameterCount(this.layout));
    const outputScale = this.config.residual === undefined ? ACTOR_OUTPUT_SCALE : 0;
    parameters.set(initialParameters(this.actor.spec, uniform, { outputScale }));
    let from = this.layout.actor;
    for (let i = 0; i < this.critics; i++) {
      for (const { spec, parameterCount } of [this.embedding, this.head]) {
        parameters.set(initialParameters(spec, uniform), from);
        from += parameterCount;
      }
    }
    return parameters;
  }

  /** Acts by these parameters from now on; copies them. @throws {LearningError} */
  adopt(parameters: Float32Array): void {
    assertVector(parameters, parameterCount(this.layout), 'parameters');
    this.adopted.set(parameters.subarray(0, this.layout.actor));
  }

  /** @throws {LearningError} features that do not fit the groups, or are not finite; a group number below 0 */
  act({ features, groups }: ElementState, exploration?: Exploration): ElementAction {
    assertVector(features, groups.length * this.config.featureCount, `features of ${groups.length} elements`);
    for (let i = 0; i < groups.length; i++) {
      if (groups[i]! < 0) throw new LearningError('LEARNING_BAD_SHAPE', 'a group number is negative');
    }
    const scores = this.actor.infer(this.adopted, features);
    if (exploration !== undefined) explore(scores, this.sigma, exploration);
    const { residual, featureCount } = this.config;
    if (residual !== undefined) {
      for (let i = 0; i < scores.length; i++) {
        scores[i]! += BASE_SCALE * features[i * featureCount + residual.baseAt]!;
      }
    }
    return new ElementAction(scores, groups);
  }

  assertTransitions(batch: ElementTransitions): void {
    assertElementTransitions(batch, this.config.featureCount);
  }

  minibatch(refs: readonly TransitionRef<ElementTransitions>[], random?: SeededRandom): Minibatch {
    const { count, rewards, states, weights, nextStates } = gatherElements(refs);
    return {
      count,
      rewards,
      ...targetNoise(this.critics, nextStates.groupOf.length, random),
      states: (tape) => this.taped(tape, states),
      actions: (tape) => tape.leaf(weights, { rows: weights.length, columns: 1 }),
      nextStates: (tape) => this.taped(tape, nextStates),
    };
  }

  private taped(tape: Tape, states: ElementBatch): TapedStates {
    const rows = states.groupOf.length;
    const features = tape.leaf(states.features, { rows, columns: this.config.featureCount });
    const groupSizes = tape.leaf(states.groupSizes, { rows, columns: 1 });
    const totals = (values: Var): Var => segmentSum(values, segments(tape, states.setOf, states.count));
    const pooled = (embedding: Var, actions: Var): Var => {
      // Nobody there: nothing to embed, and the tape broadcasts nothing to no rows.
      if (rows === 0) return zeros(embedding, { rows: states.count, columns: this.head.spec.inputs });
      return totals(this.embedding.forward(embedding, features, actions));
    };
    const value = (critic: Var, actions: Var): Var => {
      const [embedding, head] = this.partsOf(critic);
      return this.head.forward(head, scale(pooled(embedding, actions), 1 / REFERENCE_ELEMENTS));
    };
    return {
      policy: (actor, noise) => {
        if (rows === 0) return { logits: groupSizes, actions: groupSizes };
        const logits = this.actor.forward(actor, features);
        const noisy = noise === undefined ? logits : add(logits, tape.leaf(noise, logits));
        const groups = segments(tape, states.groupOf, states.groupCount);
        return { logits, actions: segmentSoftmax(this.onBase(features, noisy), groups) };
      },
      totals,
      values: (parameters, weights) => {
        const actions = mul(weights, groupSizes);
        const [first, ...others] = criticsOf(parameters, this.critics);
        return [value(first, actions), ...others.map((each) => value(each, actions))];
      },
    };
  }

  /** With the logarithms of the rule's weights, where there is a rule. */
  private onBase(features: Var, logits: Var): Var {
    const { residual } = this.config;
    if (residual === undefined) return logits;
    const { baseAt } = residual;
    return add(scale(sliceColumns(features, baseAt, baseAt + 1), BASE_SCALE), logits);
  }

  /** Parameters of the two networks of one critic. */
  private partsOf(critic: Var): [embedding: Var, head: Var] {
    const [first, second] = [this.embedding.parameterCount, this.head.parameterCount];
    return [view(critic, 0, { rows: 1, columns: first }), view(critic, first, { rows: 1, columns: second })];
  }
}

/** The layers that follow from `hidden`, where it is told. */
function layersOf({ hidden }: SetAgentConfig) {
  if (hidden === undefined) return undefined;
  if (hidden.length === 0) throw new LearningError('LEARNING_BAD_INPUT', 'a set agent needs a hidden layer');
  return { hidden, embedding: hidden, head: hidden.slice(-1) };
}

function softmaxInGroups(scores: Float32Array, groups: Int32Array): Float32Array {
  const largest = new Map<number, number>();
  const totals = new Map<number, number>();
  groups.forEach((group, i) => largest.set(group, Math.max(largest.get(group) ?? -Infinity, scores[i]!)));
  const powers = scores.map((score, i) => Math.exp(score - largest.get(groups[i]!)!));
  groups.forEach((group, i) => totals.set(group, (totals.get(group) ?? 0) + powers[i]!));
  return powers.map((power, i) => power / totals.get(groups[i]!)!);
}
