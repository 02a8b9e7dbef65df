import { type LibraryHandle } from 'koffi';

/** The part of koffi's door that is used here. */
export interface Koffi {
  load(path: string): LibraryHandle;
  address(value: Float32Array): bigint;
}

/** Codes of CBLAS. */
export const ROW_MAJOR = 101;
export const NO_TRANSPOSE = 111;
export const TRANSPOSE = 112;

/** What is used of a BLAS; matrices and vectors are raw addresses in the memory of the process. */
export interface Blas {
  /** Version and kind of processor that it was chosen for, such as `openblas-0.3.21-Zen`. */
  readonly name: string;
  /** C[m, n] = alpha·op(A)·op(B) + beta·C. */
  readonly sgemm: (
    order: number,
    transposeA: number,
    transposeB: number,
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: number,
    lda: number,
    b: number,
    ldb: number,
    beta: number,
    c: number,
    ldc: number,
  ) => void;
  /** y = alpha·op(A[m, n])·x + beta·y. */
  readonly sgemv: (
    order: number,
    transpose: number,
    m: number,
    n: number,
    alpha: number,
    a: number,
    lda: number,
    x: number,
    incX: number,
    beta: number,
    y: number,
    incY: number,
  ) => void;
  /** Address of the first float of a vector whose memory stays where it is. */
  addressOf(vector: Float32Array): number;
}

/** Where systems have it: Linux, macOS (Homebrew on ARM and Intel), Windows. */
const LIBRARIES = [
  'libopenblas.so.0',
  'libopenblas.so',
  'libopenblas.0.dylib',
  '/opt/homebrew/opt/openblas/lib/libopenblas.dylib',
  '/usr/local/opt/openblas/lib/libopenblas.dylib',
  'libopenblas.dll',
  'openblas.dll',
];

/** The system's OpenBLAS, set to one thread (in this process); undefined where there is none. */
export function findOpenBlas(koffi: Koffi): Blas | undefined {
  for (const path of LIBRARIES) {
    try {
      const blas = open(koffi, path);
      if (blas) return blas;
    } catch {
      // Not there, or without the C interface: the next.
    }
  }
  return undefined;
}

function open(koffi: Koffi, path: string): Blas | undefined {
  const library = koffi.load(path);
  const config = library.func('openblas_get_config', 'str', [])() as string;
  // Built for 64-bit integers: another calling convention under the same names.
  if (config.includes('USE64BITINT')) return undefined;
  library.func('openblas_set_num_threads', 'void', ['int'])(1);
  const core = library.func('openblas_get_corename', 'str', [])() as string;
  const version = /OpenBLAS (\S+)/.exec(config)?.[1] ?? 'unknown';
  const [int, float, pointer] = ['int', 'float', 'uintptr_t'] as const;
  return {
    name: `openblas-${version}-${core}`,
    sgemm: library.func('cblas_sgemm', 'void', [
      ...[int, int, int, int, int, int, float, pointer, int, pointer, int, float, pointer, int],
    ]) as Blas['sgemm'],
    sgemv: library.func('cblas_sgemv', 'void', [
      ...[int, int, int, int, float, pointer, int, pointer, int, float, pointer, int],
    ]) as Blas['sgemv'],
    addressOf: (vector) => Number(koffi.address(vector)),
  };
}
