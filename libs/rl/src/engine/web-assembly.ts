/** The few names of the WebAssembly API used here; the ES library of TypeScript does not declare them. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

interface WasmApi {
  validate(bytes: Uint8Array): boolean;
  Memory: new (size: { initial: number; maximum: number }) => WasmMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: object };
}

export const wasm = (globalThis as unknown as { WebAssembly: WasmApi }).WebAssembly;
