import { parameterCount, type ActorCritic, type Minibatch } from '../agents/actor-critic.js';
import { actorLoss, criticLoss, meanSquare, targetValues } from '../agents/ddpg.js';
import { LearningError, assertVector } from '../learning.error.js';
import { Adam } from '../optimiser/adam.js';
import { clipByNorm, softUpdate } from '../optimiser/vectors.js';
import { type SeededRandom } from '../random/seeded-random.js';
import { type ReplayBuffer, type TransitionBatch, type TransitionRef } from '../replay/replay-buffer.js';
import { gradients } from '../tape/gradients.js';
import { add, sub } from '../tape/ops.js';
import { type Tape, type Var } from '../tape/tape.js';
import { DEFAULT_ADAPTATION, assertAdaptation, type AdaptationOptions } from './adaptation-options.js';
import { policyGain, type PolicyGain } from './policy-gain.js';

export interface AdapterContext<B extends TransitionBatch> {
  readonly agent: ActorCritic<B>;
  readonly tape: Tape;
}

export interface AdaptationRounds {
  /** Updates of the critic, each on a minibatch of its own. */
  readonly rounds: number;
  readonly random: SeededRandom;
}

export interface Judgement {
  /** Whether the candidate is in force now. */
  readonly accepted: boolean;
  /** Transitions it was judged by. */
  readonly heldBack: number;
  /** Of the candidate over what was in force, by each critic; absent when there were too few transitions. */
  readonly gains?: { readonly adapted: PolicyGain; readonly meta: PolicyGain };
}

/**
 * Fits a meta model to one DU without ever being worse than it, beyond noise. `adapt` takes careful steps of DDPG
 * (or TD3, as the agent is) from theta_M on:
 *
 *     L_actor = -mean(Q(s, mu(s))) + 10^-3 mean(z^2) + proximal mean((z - z_M)^2)        z: logits
 *
 * to a candidate that nobody acts by. `judge` puts it in force if transitions that were held back from it say that it
 * is better. Takes the memory of five parameter vectors out of the engine's arena: `restart` it, or let it `follow`, rather than
 * making another.
 */
export class Adapter<B extends TransitionBatch> {
  private readonly options: Required<AdaptationOptions>;
  private readonly meta: Float32Array;
  private readonly moving: Float32Array;
  private readonly targets: Float32Array;
  private readonly optimisers: { readonly actor: Adam; readonly critic: Adam };
  private inForce: Float32Array;
  private updates = 0;
  /** Batches that were found to fit the agent. */
  private readonly sound = new WeakSet<B>();

  /** @throws {LearningError} parameters that do not fit or are not finite, options out of range */
  constructor(
    private readonly context: AdapterContext<B>,
    meta: Float32Array,
    options: AdaptationOptions = {},
  ) {
    const { agent, tape } = context;
    this.options = { ...DEFAULT_ADAPTATION, ...options };
    assertAdaptation(this.options);
    const { learningRate, actorFactor } = this.options;
    const { actor, critic } = agent.layout;
    const vector = () => tape.engine.allocate(parameterCount(agent.layout));
    [this.meta, this.moving, this.targets] = [vector(), vector(), vector()];
    this.optimisers = {
      actor: new Adam(tape.engine, [{ length: actor, learningRate: learningRate * actorFactor }]),
      critic: new Adam(tape.engine, [{ length: critic, learningRate }]),
    };
    this.inForce = meta;
    this.restart(meta);
  }

  /** What to act by, [actor | critic]: theta_M until a candidate is accepted. */
  get parameters(): Float32Array {
    return this.inForce;
  }

  /** Where adaptation has led so far, [actor | critic], a copy: for comparisons, nobody acts by it. */
  get candidate(): Float32Array {
    return this.moving.slice();
  }

  /** Begins again from another theta_M, which is in force then; copies it. @throws {LearningError} */
  restart(meta: Float32Array): void {
    assertVector(meta, this.meta.length, 'meta model');
    for (const vector of [this.meta, this.moving, this.targets]) vector.set(meta);
    this.optimisers.actor.reset();
    this.optimisers.critic.reset();
    this.updates = 0;
    this.inForce = meta.slice();
  }

  /**
   * Goes on from another theta_M, which is in force then; copies it. The candidate is as far from it as it was from the
   * one before: for a meta model that moves by small steps. @throws {LearningError}
   */
  follow(meta: Float32Array): void {
    assertVector(meta, this.meta.length, 'meta model');
    for (const vector of [this.moving, this.targets]) {
      for (let i = 0; i < vector.length; i++) vector[i]! += meta[i]! - this.meta[i]!;
    }
    this.meta.set(meta);
    this.inForce = meta.slice();
  }

  /**
   * Moves the candidate by so many updates on the transitions that are not held back.
   * @throws {LearningError} no transitions, transitions that do not fit or are not finite (nothing has changed then),
   * a gradient that overflows (the candidate is where the update before left it); what is in force stays
   */
  adapt(replay: ReplayBuffer<B>, { rounds, random }: AdaptationRounds): void {
    const { training } = this.partsOf(replay);
    if (training.length === 0) {
      throw new LearningError('LEARNING_TOO_FEW', 'no transitions to adapt to');
    }
    const size = Math.min(this.options.batchSize, training.length);
    for (let round = 0; round < rounds; round++) {
      const refs = Array.from(random.distinct(training.length, size), (i) => training[i]!);
      this.update(this.context.agent.minibatch(refs, random));
    }
  }

  /**
   * Puts the candidate in force if it is better by the transitions that are held back: if by the adapted critic and by
   * that of theta_M, each corrected by them (`policyGain`), its gain is more than `margin` by so many standard errors.
   * Transitions of policies that explored are needed: without, the standard errors are infinite or large.
   * @throws {LearningError} transitions that do not fit or are not finite; what is in force stays
   */
  judge(replay: ReplayBuffer<B>): Judgement {
    const { heldBack } = this.partsOf(replay);
    const count = heldBack.length;
    if (count < this.options.minimumHeldBack) return { accepted: false, heldBack: count };
    const batches = this.batchesOf(heldBack);
    const actor = this.context.agent.layout.actor;
    const actors = {
      candidate: this.moving.subarray(0, actor),
      incumbent: this.inForce.subarray(0, actor),
    };
    const [adapted, meta] = [this.moving, this.meta].map((judge) =>
      policyGain(this.context, { ...actors, critic: judge.subarray(actor) }, batches),
    ) as [PolicyGain, PolicyGain];
    const { margin, standardErrors } = this.options;
    const accepted = [adapted, meta].every(
      (gain) => gain.mean - standardErrors * gain.standardError > margin,
    );
    if (accepted) this.accept();
    return { accepted, heldBack: count, gains: { adapted, meta } };
  }

  /** Puts the candidate in force unjudged: naive adaptation, for comparisons. */
  accept(): void {
    this.inForce = this.moving.slice();
  }

  private update(batch: Minibatch): void {
    const { agent, tape } = this.context;
    const { proximal, tau } = this.options;
    const actorCount = agent.layout.actor;
    const [actorPart, criticPart] = [this.moving.subarray(0, actorCount), this.moving.subarray(actorCount)];
    const returns = targetValues(this.context, this.targets, batch);

    tape.scope(() => {
      const critic = tape.leaf(criticPart);
      this.descend('critic', {
        from: criticPart,
        parameters: critic,
        loss: criticLoss(critic, { batch, returns }).loss,
      });
    });

    this.updates++;
    if (this.updates % agent.policyDelay === 0) {
      tape.scope(() => {
        const actor = tape.leaf(actorPart);
        const states = batch.states(tape);
        const { loss, logits } = actorLoss(states, { actor, critic: tape.leaf(criticPart) });
        const metaLogits = states.policy(tape.leaf(this.meta.subarray(0, actorCount))).logits;
        const nearby = meanSquare(sub(logits, metaLogits), proximal);
        this.descend('actor', { from: actorPart, parameters: actor, loss: add(loss, nearby) });
      });
    }
    softUpdate(tape.engine, { target: this.targets, source: this.moving }, tau);
  }

  /** One step of a network down its loss; `from` are the floats that `parameters` is of. */
  private descend(
    network: 'actor' | 'critic',
    { from, parameters, loss }: { readonly from: Float32Array; readonly parameters: Var; readonly loss: Var },
  ): void {
    const gradient = gradients(loss, [parameters], { differentiable: false })[0]!.data;
    if (!Number.isFinite(clipByNorm(this.context.tape.engine, gradient, this.options.clipNorm))) {
      throw new LearningError('LEARNING_NOT_FINITE', `the gradient of the ${network} overflows`);
    }
    this.optimisers[network].step(from, gradient);
  }

  /** The transitions, checked. */
  private partsOf(replay: ReplayBuffer<B>) {
    const parts = replay.split(this.options.heldBackEvery);
    for (const { batch } of [...parts.training, ...parts.heldBack]) {
      if (this.sound.has(batch)) continue;
      this.context.agent.assertTransitions(batch);
      this.sound.add(batch);
    }
    return parts;
  }

  /** In pieces of a minibatch: all at once could be more than the tape holds. */
  private batchesOf(refs: readonly TransitionRef<B>[]): Minibatch[] {
    const { batchSize } = this.options;
    return Array.from({ length: Math.ceil(refs.length / batchSize) }, (_, i) =>
      this.context.agent.minibatch(refs.slice(i * batchSize, (i + 1) * batchSize)),
    );
  }
}
