import { type Engine } from './engine.js';

const ALIGNMENT = 64;

/**
 * Byte addresses of vectors for the kernels: those in the arena where they lie, others copied into the engine's
 * workspace until its next use. Behind them, as one address more, that of `spareBytes` of it for the caller's own.
 */
export function resident(engine: Engine, vectors: readonly Float32Array[], spareBytes = 0): number[] {
  let copied = 0;
  for (const vector of vectors) if (engine.addressOf(vector) === undefined) copied += paddedBytes(vector);
  let next = engine.workspace(copied + spareBytes);
  const places = vectors.map((vector) => {
    const inPlace = engine.addressOf(vector);
    if (inPlace !== undefined) return inPlace;
    const address = next;
    next += paddedBytes(vector);
    engine.view(address, vector.length).set(vector);
    return address;
  });
  return [...places, next];
}

/** Copies a vector that the kernels changed at `address` back to where it came from, if that is not the same place. */
export function settle(engine: Engine, vector: Float32Array, address: number): void {
  if (engine.addressOf(vector) === undefined) vector.set(engine.view(address, vector.length));
}

function paddedBytes({ byteLength }: Float32Array): number {
  return Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
}
