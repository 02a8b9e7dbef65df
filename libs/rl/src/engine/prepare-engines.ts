import { type Blas, findOpenBlas, type Koffi } from './blas.js';
import { hasRelaxedSimd } from './wasm-kernels.js';

const RELAXED_SIMD_FLAG = '--experimental-wasm-relaxed-simd';

let blas: Blas | undefined;
let blasFault = 'await prepareEngines() first';

export interface EnginePreparation {
  /** `setFlagsFromString` of `node:v8`: Node 20 has relaxed SIMD behind a flag. It is called only where that is so. */
  readonly setFlagsFromString?: ((flag: string) => void) | undefined;
}

/**
 * Looks for what the engines `relaxed` and `blas` need: once a thread, before its first `createEngine` that asks for
 * one of them or for `auto`. With Node, `await prepareEngines(v8)`. Never fails: what is missing is told by
 * `createEngine` where it is asked for by name.
 */
export async function prepareEngines({ setFlagsFromString }: EnginePreparation = {}): Promise<void> {
  if (!hasRelaxedSimd()) setFlagsFromString?.(RELAXED_SIMD_FLAG);
  try {
    // Only here: a platform without koffi does without `blas`.
    useBlas(await import('koffi'));
  } catch (error) {
    blasFault = `koffi does not load: ${String(error)}`;
  }
}

/** What `prepareEngines` does once koffi is loaded. */
export function useBlas(koffi: Koffi): void {
  blas = findOpenBlas(koffi);
  blasFault = 'no OpenBLAS is found: install it (Debian: libopenblas0, Homebrew: openblas)';
}

/** The BLAS that was found, or why there is none. */
export function preparedBlas(): Blas | string {
  return blas ?? blasFault;
}
