/** What the module exports: the door of `src/engine/kernels.ts`. */
export * from './elementwise';
export * from './gemm';
export * from './rows';
