/** Arithmetic on flat vectors of parameters, in the engine's arena or elsewhere (then copied in and out). */
import { type Engine } from '../engine/engine.js';
import { resident, settle } from '../engine/resident.js';
import { LearningError } from '../learning.error.js';
import { expectLengths } from './parameter-range.js';

/** Floats of each vector that `weightedSum` takes at a time. */
const CHUNK = 8192;

/** Euclidean norm. */
export function norm(engine: Engine, vector: Float32Array): number {
  const [address] = resident(engine, [vector]) as [number];
  return Math.sqrt(engine.kernels.sumOfSquares(address, vector.length));
}

/** Scales `vector` in place to a norm of at most `limit`; returns the norm it had. */
export function clipByNorm(engine: Engine, vector: Float32Array, limit: number): number {
  const before = norm(engine, vector);
  if (before > limit) {
    const [address] = resident(engine, [vector]) as [number];
    engine.kernels.affine(address, address, vector.length, limit / before, 0);
    settle(engine, vector, address);
  }
  return before;
}

/** target = rate · source + (1 - rate) · target, in place: Polyak averaging. */
export function softUpdate(
  engine: Engine,
  { target, source }: { readonly target: Float32Array; readonly source: Float32Array },
  rate: number,
): void {
  expectLengths(target.length, { source });
  const [to, from] = resident(engine, [target, source]) as [number, number];
  engine.kernels.axpby(to, from, target.length, rate, 1 - rate);
  settle(engine, target, to);
}

/** parameters -= rate · gradient, in place: in float64, rounded once. */
export function descend(
  engine: Engine,
  { parameters, gradient }: { readonly parameters: Float32Array; readonly gradient: Float32Array },
  rate: number,
): void {
  expectLengths(parameters.length, { gradient });
  const [to, from] = resident(engine, [parameters, gradient]) as [number, number];
  engine.kernels.descend(to, from, parameters.length, rate);
  settle(engine, parameters, to);
}

/**
 * Sum of weight · vector. Throws when there are no vectors, as many weights as vectors are not given, or lengths
 * differ.
 */
export function weightedSum(
  engine: Engine,
  vectors: readonly Float32Array[],
  weights: readonly number[],
): Float32Array {
  const [first] = vectors;
  if (!first || vectors.length !== weights.length) {
    throw new LearningError(
      'LEARNING_BAD_SHAPE',
      `weightedSum of ${vectors.length} vectors with ${weights.length} weights`,
    );
  }
  vectors.forEach((vector, i) => expectLengths(first.length, { [`vector ${i}`]: vector }));
  const out = new Float32Array(first.length);
  for (let from = 0; from < out.length; from += CHUNK) {
    const parts = [out, ...vectors].map((vector) => vector.subarray(from, from + CHUNK));
    addUp(engine, parts as [Float32Array, ...Float32Array[]], weights);
  }
  return out;
}

/** The sum for a stretch that fits the workspace, and the second-level cache, `out` first. */
function addUp(
  engine: Engine,
  [out, ...vectors]: readonly [Float32Array, ...Float32Array[]],
  weights: readonly number[],
): void {
  const count = vectors.length;
  const addresses = resident(engine, [...vectors, Float32Array.from(weights), out], 4 * count);
  const [weightsAt, outAt, listAt] = addresses.splice(count) as [number, number, number];
  engine.viewInt32(listAt, count).set(addresses);
  engine.kernels.weightedSum(outAt, listAt, weightsAt, count, out.length);
  settle(engine, out, outAt);
}
