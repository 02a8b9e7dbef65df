import { parameterCount, type ParameterLayout } from '../agents/actor-critic.js';
import { type Engine } from '../engine/engine.js';
import { LearningError, assertVector } from '../learning.error.js';
import { Adam, type AdamState } from '../optimiser/adam.js';
import { expectLengths } from '../optimiser/parameter-range.js';
import { norm, weightedSum } from '../optimiser/vectors.js';
import { clipNetworks } from './clip-networks.js';

export interface MetaOptimiserOptions {
  /** Of the critic. Default 2e-3. */
  readonly learningRate?: number;
  /** The actor's learning rate is that of the critic times this. Default .5. */
  readonly actorFactor?: number;
  /** Largest norm of the summed gradient, for each network. Default 1. */
  readonly clipNorm?: number;
  /** Lets the learning rates fall; constant when absent. */
  readonly decay?: LearningRateDecay;
}

/** Linear from 1 at `fromStep` to `factor` at `toStep`, constant before and after. */
export interface LearningRateDecay {
  readonly fromStep: number;
  readonly toStep: number;
  readonly factor: number;
}

/** What the optimiser remembers between updates: copies, to be stored and handed to `restore`. */
export interface MetaOptimiserState {
  readonly updates: number;
  readonly actor: AdamState;
  readonly critic: AdamState;
}

/** The contribution of one task to a meta update. */
export interface WeightedGradient {
  /** Query gradient, [actor | critic]. */
  readonly gradient: Float32Array;
  /** Weights of a round sum to 1. */
  readonly weight: number;
}

/**
 * The outer loop, (13) of the core paper with Adam for its beta:
 *
 *     g       = sum over the tasks(w_g grad L_g)       clipped for each network
 *     theta_M = Adam(theta_M, g)
 */
export class MetaOptimiser {
  private readonly actor: Adam;
  private readonly critic: Adam;
  private readonly clipNorm: number;
  private readonly decay: LearningRateDecay | undefined;
  private updates = 0;

  constructor(
    private readonly engine: Engine,
    private readonly layout: ParameterLayout,
    { learningRate = 2e-3, actorFactor = 0.5, clipNorm = 1, decay }: MetaOptimiserOptions = {},
  ) {
    if (decay !== undefined && !(decay.fromStep < decay.toStep && decay.factor >= 0)) {
      throw new LearningError(
        'LEARNING_BAD_INPUT',
        `learning rates decay to ${decay.factor} from step ${decay.fromStep} to ${decay.toStep}`,
      );
    }
    this.clipNorm = clipNorm;
    this.decay = decay;
    this.actor = new Adam(engine, [{ length: layout.actor, learningRate: learningRate * actorFactor }]);
    this.critic = new Adam(engine, [{ length: layout.critic, learningRate }]);
  }

  /**
   * The next theta_M, a new vector: `parameters` stay as they are. Sums in the order given, so that the order of
   * arrival does not tell. With `criticOnly` the actor and its moments stay as they are, too.
   * @throws {LearningError} vectors that do not fit or are not finite, a weight that is no share; the optimiser is
   * unchanged then
   */
  update(
    parameters: Float32Array,
    tasks: readonly WeightedGradient[],
    { criticOnly = false }: { readonly criticOnly?: boolean } = {},
  ): Float32Array {
    const count = parameterCount(this.layout);
    assertVector(parameters, count, 'parameters');
    if (tasks.length === 0) throw new LearningError('LEARNING_BAD_INPUT', 'a meta update without gradients');
    tasks.forEach(({ gradient, weight }, i) => {
      expectLengths(count, { [`gradient ${i}`]: gradient });
      if (!(weight >= 0 && weight <= 1)) {
        throw new LearningError('LEARNING_BAD_INPUT', `weight ${i} is ${weight}, not a share`);
      }
    });
    const gradient = weightedSum(
      this.engine,
      tasks.map((task) => task.gradient),
      tasks.map((task) => task.weight),
    );
    if (!Number.isFinite(norm(this.engine, gradient))) {
      tasks.forEach((task, i) => assertVector(task.gradient, count, `gradient ${i}`));
      throw new LearningError('LEARNING_NOT_FINITE', 'the sum of the gradients overflows');
    }
    clipNetworks(this.engine, { gradient, layout: this.layout }, this.clipNorm);
    const updated = parameters.slice();
    const split = this.layout.actor;
    const rateScale = this.rateScale();
    if (!criticOnly) this.actor.step(updated.subarray(0, split), gradient.subarray(0, split), rateScale);
    this.critic.step(updated.subarray(split), gradient.subarray(split), rateScale);
    this.updates++;
    return updated;
  }

  /** All that an exact continuation needs. */
  state(): MetaOptimiserState {
    return { updates: this.updates, actor: this.actor.state(), critic: this.critic.state() };
  }

  /** @throws {LearningError} a state of another size */
  restore({ updates, actor, critic }: MetaOptimiserState): void {
    this.actor.restore(actor);
    this.critic.restore(critic);
    this.updates = updates;
  }

  /** Forgets all updates. */
  reset(): void {
    this.actor.reset();
    this.critic.reset();
    this.updates = 0;
  }

  private rateScale(): number {
    if (this.decay === undefined) return 1;
    const { fromStep, toStep, factor } = this.decay;
    const progress = (this.updates - fromStep) / (toStep - fromStep);
    return 1 + (factor - 1) * Math.min(1, Math.max(0, progress));
  }
}
