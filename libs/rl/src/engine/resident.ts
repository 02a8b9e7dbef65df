import { type Engine } from './engine.js';

const ALIGNMENT = 64;

/**
 * Byte addresses of vectors for the kernels: those in the arena where they lie, others copied into the engine's
 * workspace, until its next use.
 */
export function resident(engine: Engine, vectors: readonly Float32Array[]): number[] {
  const strangers = vectors.filter((vector) => engine.addressOf(vector) === undefined);
  let next = strangers.length > 0 ? engine.workspace(strangers.reduce((sum, x) => sum + aligned(x), 0)) : 0;
  return vectors.map((vector) => {
    const inPlace = engine.addressOf(vector);
    if (inPlace !== undefined) return inPlace;
    const address = next;
    next += aligned(vector);
    engine.view(address, vector.length).set(vector);
    return address;
  });
}

/** Copies a vector that the kernels changed at `address` back to where it came from, if that is not the same place. */
export function settle(engine: Engine, vector: Float32Array, address: number): void {
  if (engine.addressOf(vector) === undefined) vector.set(engine.view(address, vector.length));
}

function aligned({ byteLength }: Float32Array): number {
  return Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
}
