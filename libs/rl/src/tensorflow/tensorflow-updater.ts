import type * as Core from '@tensorflow/tfjs-core';
import { LearningError } from '../learning.error.js';
import { mlpLayout, type MlpSpec } from '../network/mlp-layout.js';
import { type UpdateProblem, type Updater } from '../network/update-problem.js';
import { loadTensorFlow, type TensorFlowBackend } from './load-tensorflow.js';

type Tensor2D = Core.Tensor2D;

/** Weights and bias of each layer, the first layer first. */
type Parameters = readonly Core.Tensor[];

/**
 * Computes a problem's update with TensorFlow.js: the same networks and losses, its gradients (of first order only:
 * those of second order are wrong in it) and its Adam. What our own engines are compared with, in result and in speed.
 * @throws {LearningError} the back end does not start here, or the networks are not of tanh units
 */
export async function tensorFlowUpdater(
  problem: UpdateProblem,
  backend: TensorFlowBackend = 'wasm',
): Promise<Updater> {
  for (const { activation } of [problem.actor, problem.critic]) {
    if (activation !== 'tanh') {
      throw new LearningError('LEARNING_BAD_INPUT', `an update in TensorFlow.js of ${activation} units`);
    }
  }
  const { tf } = await loadTensorFlow(backend);
  return new TensorFlowUpdater(tf, problem);
}

class TensorFlowUpdater implements Updater {
  readonly name: string;
  private readonly batch;
  private readonly variables;
  private readonly optimisers;

  constructor(
    private readonly tf: typeof Core,
    private readonly problem: UpdateProblem,
  ) {
    this.name = `tfjs-${tf.getBackend()}-${tf.version_core}`;
    const { batch, actor, critic, parameters, learningRate } = problem;
    const rows = (values: Float32Array): Tensor2D =>
      tf.tensor2d(values, [batch.size, values.length / batch.size]);
    this.batch = {
      ...{ states: rows(batch.states), actions: rows(batch.actions) },
      ...{ rewards: rows(batch.rewards), nextStates: rows(batch.nextStates) },
    };
    this.variables = {
      actor: this.variablesOf(actor, parameters.actor),
      critic: this.variablesOf(critic, parameters.critic),
      actorTarget: this.variablesOf(actor, parameters.actor),
      criticTarget: this.variablesOf(critic, parameters.critic),
    };
    const adam = () => tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
    this.optimisers = { actor: adam(), critic: adam() };
  }

  update(): number {
    const { tf, variables, problem } = this;
    return tf.tidy(() => {
      const { states, actions, rewards, nextStates } = this.batch;
      const nextActions = this.forward(variables.actorTarget, nextStates);
      const nextValues = this.value(variables.criticTarget, nextStates, nextActions);
      const returns = tf.add(rewards, tf.mul(nextValues, problem.discount));
      const criticLoss = this.descend('critic', (critic) =>
        tf.mean(tf.square(tf.sub(returns, this.value(critic, states, actions)))),
      );
      this.descend('actor', (actor) =>
        tf.neg(tf.mean(this.value(variables.critic, states, this.forward(actor, states)))),
      );
      this.follow(variables.actorTarget, variables.actor);
      this.follow(variables.criticTarget, variables.critic);
      return criticLoss.dataSync()[0]!;
    });
  }

  act(state: Float32Array): Float32Array {
    return this.tf.tidy(() => {
      const row = this.tf.tensor2d(state, [1, state.length]);
      return this.forward(this.variables.actor, row).dataSync<'float32'>();
    });
  }

  parameters() {
    const { actor, critic, actorTarget, criticTarget } = this.variables;
    return {
      ...{ actor: flat(actor), critic: flat(critic) },
      ...{ actorTarget: flat(actorTarget), criticTarget: flat(criticTarget) },
    };
  }

  /** One step of Adam on a network's parameters down the loss, which is returned. */
  private descend(name: 'actor' | 'critic', loss: (parameters: Parameters) => Core.Tensor): Core.Tensor {
    const { tf } = this;
    const variables = this.variables[name];
    const differentiated = variables.map((variable) => tf.clone(variable));
    const lossOf = (...parameters: Core.Tensor[]): Core.Scalar => loss(parameters) as Core.Scalar;
    const { value, grads } = tf.valueAndGrads(lossOf)(differentiated);
    this.optimisers[name].applyGradients(variables.map(({ name }, i) => ({ name, tensor: grads[i]! })));
    return value;
  }

  private follow(targets: readonly Core.Variable[], online: readonly Core.Variable[]): void {
    const { tf, problem } = this;
    targets.forEach((target, i) => {
      const kept = tf.mul(target, 1 - problem.softUpdateRate);
      target.assign(tf.add(kept, tf.mul(online[i]!, problem.softUpdateRate)));
    });
  }

  private value(critic: Parameters, states: Tensor2D, actions: Tensor2D): Tensor2D {
    return this.forward(critic, this.tf.concat([states, actions], 1));
  }

  private forward(parameters: Parameters, x: Tensor2D): Tensor2D {
    const { tf } = this;
    let y = x;
    for (let i = 0; i < parameters.length; i += 2) {
      const z = tf.add<Tensor2D>(this.product(y, parameters[i] as Tensor2D), parameters[i + 1]!);
      y = i + 2 < parameters.length ? tf.tanh(z) : z;
    }
    return y;
  }

  /**
   * x · weights. TensorFlow.js multiplies by transposed matrices many times as slowly as by others on its WebAssembly
   * back end, so they are transposed first. Nothing is differentiated by a Variable itself (`descend`).
   */
  private product(x: Tensor2D, weights: Tensor2D): Tensor2D {
    const { tf } = this;
    const frozen = weights instanceof tf.Variable;
    const product = tf.customGrad((...inputs) => {
      const save = inputs.at(-1) as Core.GradSaveFunc;
      save([x, weights]);
      return {
        value: tf.matMul(x, weights),
        gradFunc: (g, [x, weights]) => {
          const byX = tf.matMul(g, tf.transpose(weights!));
          return frozen ? byX : [byX, tf.matMul(tf.transpose(x!), g)];
        },
      };
    });
    return (frozen ? product(x) : product(x, weights)) as Tensor2D;
  }

  private variablesOf(spec: MlpSpec, parameters: Float32Array): Core.Variable[] {
    const { tf } = this;
    return mlpLayout(spec).layers.flatMap(({ inputs, outputs, weightsFrom, biasFrom }) => [
      tf.variable(tf.tensor2d(parameters.slice(weightsFrom, biasFrom), [inputs, outputs])),
      tf.variable(tf.tensor1d(parameters.slice(biasFrom, biasFrom + outputs))),
    ]);
  }
}

function flat(parameters: readonly Core.Variable[]): Float32Array {
  return Float32Array.from(parameters.flatMap((tensor) => [...tensor.dataSync()]));
}
