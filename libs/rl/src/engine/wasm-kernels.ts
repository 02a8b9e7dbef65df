import { type Kernels } from './kernels.js';
import { relaxedSimdModule, simd128Module } from './kernels.generated.js';
import { wasm, type WasmMemory } from './web-assembly.js';

export type WasmFeature = 'simd128' | 'relaxed-simd';

const base64Of: Readonly<Record<WasmFeature, string>> = {
  simd128: simd128Module,
  'relaxed-simd': relaxedSimdModule,
};

/** Whether relaxed SIMD is to be had; Node 20 has it behind a flag (`prepareEngines`). */
export function hasRelaxedSimd(): boolean {
  return wasm.validate(moduleBytes('relaxed-simd'));
}

/** Loads the kernels over a memory. */
export function wasmKernels(memory: WasmMemory, feature: WasmFeature): Kernels {
  const module = new wasm.Module(moduleBytes(feature));
  return new wasm.Instance(module, { env: { memory } }).exports as Kernels;
}

function moduleBytes(feature: WasmFeature): Uint8Array {
  return Uint8Array.from(atob(base64Of[feature]), (character) => character.charCodeAt(0));
}
