/** What the module exports: the door of `src/engine/kernels.ts`. */
export * from './dense';
export * from './elementwise';
export * from './gemm';
export * from './optimise';
export * from './rows';
