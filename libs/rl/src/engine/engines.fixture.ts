import { setFlagsFromString } from 'node:v8';
import * as koffi from 'koffi';
import { createEngine, type Engine, type EngineKind, type EngineOptions } from './engine.js';
import { useBlas } from './prepare-engines.js';
import { hasRelaxedSimd } from './wasm-kernels.js';

// As `prepareEngines` does, but at once: suites are laid out synchronously.
if (!hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd');
useBlas(koffi);

export type MakeEngine = (options?: Omit<EngineOptions, 'engine'>) => Engine;

/** Describes the same for each kind of engine. BLAS gets products of any size; what this machine lacks is skipped. */
export function describeEngines(suite: (make: MakeEngine, kind: EngineKind) => void): void {
  for (const engine of ['simd128', 'relaxed', 'blas'] as const) {
    const make: MakeEngine = (options) => createEngine({ engine, blasFromMultiplications: 0, ...options });
    const missing = whyMissing(make);
    if (missing !== undefined) it.skip(`${engine}: ${missing}`, () => undefined);
    else describe(engine, () => suite(make, engine));
  }
}

function whyMissing(make: MakeEngine): string | undefined {
  try {
    make({ mebibytes: 1 });
    return undefined;
  } catch (error) {
    return String(error);
  }
}
