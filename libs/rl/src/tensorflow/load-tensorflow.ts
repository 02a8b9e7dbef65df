import type * as Core from '@tensorflow/tfjs-core';
import type * as Layers from '@tensorflow/tfjs-layers';
import { LearningError } from '../learning.error.js';

/** What TensorFlow.js computes with; `tensorflow` is its C library through `@tensorflow/tfjs-node`. */
export const TENSORFLOW_BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type TensorFlowBackend = (typeof TENSORFLOW_BACKENDS)[number];

/** No dependency of ours, so the compiler shall not look for it. */
const TFJS_NODE: string = '@tensorflow/tfjs-node';

export interface TensorFlow {
  readonly tf: typeof Core;
  readonly layers: typeof Layers;
}

/**
 * Loads TensorFlow.js, to compute with `backend` from now on, in the whole program; without one named, with what it
 * computes with already, or else with plain JavaScript.
 * @throws {LearningError} the back end does not start here
 */
export async function loadTensorFlow(backend?: TensorFlowBackend): Promise<TensorFlow> {
  const tf = await import('@tensorflow/tfjs-core');
  // This brings the gradients along, too.
  const layers = await import('@tensorflow/tfjs-layers');
  const chosen = backend ?? tf.getBackend() ?? 'cpu';
  try {
    if (chosen === 'tensorflow') await import(TFJS_NODE);
    if (chosen === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
    if (chosen === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
    // Otherwise it recommends other back ends on the console.
    tf.enableProdMode();
    if (await tf.setBackend(chosen)) return { tf, layers };
  } catch (error) {
    throw missing(chosen, String(error));
  }
  throw missing(chosen, 'it does not start');
}

function missing(backend: string, why: string): LearningError {
  return new LearningError('LEARNING_BAD_INPUT', `TensorFlow.js back end ${backend}: ${why}`);
}
