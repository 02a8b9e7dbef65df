import { LearningError } from '../learning.error.js';
import { type Blas } from './blas.js';
import { blasKernels } from './blas-kernels.js';
import { type Kernels } from './kernels.js';
import { preparedBlas } from './prepare-engines.js';
import { hasRelaxedSimd, wasmKernels } from './wasm-kernels.js';
import { wasm, type WasmMemory } from './web-assembly.js';

const MEBIBYTE = 2 ** 20;
const PAGE_BYTES = 2 ** 16;
/** For the kernels' own buffers, the first of the memory: what the module asks for at least. */
const KERNEL_PAGES = 16;
/** A cache line. */
const ALIGNMENT = 64;

/** `auto` is the fastest that is there: `blas`, else `relaxed`, else `simd128`. */
export const ENGINE_KINDS = ['auto', 'simd128', 'relaxed', 'blas'] as const;
export type EngineKind = (typeof ENGINE_KINDS)[number];

/** What computes, such as `blas-openblas-0.3.21-Zen`: version, and the kind of processor that OpenBLAS chose. */
export type EngineName = 'wasm-simd128' | 'wasm-relaxed-simd' | `blas-${string}`;

export interface EngineOptions {
  /**
   * Default `simd128`: the same bits on every machine. `relaxed` (WebAssembly with fused multiply-add) and `blas`
   * (matrix products by the system's OpenBLAS) are faster; their results differ between CPUs in the last bits.
   * What is not plain needs `prepareEngines` before.
   */
  readonly engine?: EngineKind;
  /** Size of the arena in MiB, fixed for the engine's life, up to 4096. Pages cost nothing until they are used. Default 128. */
  readonly mebibytes?: number;
  /** For `blas`: multiplications of a matrix product from which BLAS computes it. Default: where it pays. */
  readonly blasFromMultiplications?: number;
}

/**
 * Float32 arithmetic over one fixed memory (the arena), single-threaded and synchronous: one engine a thread.
 * What is allocated stays until the engine goes; what an update needs for itself lives in a `Tape`.
 */
export interface Engine {
  readonly name: EngineName;
  readonly kernels: Kernels;
  /** Free bytes of the arena. */
  readonly freeBytes: number;
  /** A zeroed vector in the arena. Throws when the arena is full. */
  allocate(length: number): Float32Array;
  /** Byte address of a vector in the arena, or undefined if it lies elsewhere. */
  addressOf(vector: Float32Array): number | undefined;
  /** The floats at a byte address. */
  view(address: number, length: number): Float32Array;
  /** The int32s at a byte address. */
  viewInt32(address: number, length: number): Int32Array;
  /** Takes bytes out of the arena for good and returns their address; `purpose` names them in the error. */
  reserve(bytes: number, purpose: string): number;
  /** Address of memory for the time of one call: the next call gets the same. Grows at the arena's cost. */
  workspace(bytes: number): number;
}

class ArenaEngine implements Engine {
  readonly name: EngineName;
  readonly kernels: Kernels;
  private readonly buffer: ArrayBuffer;
  private readonly first: number;
  private next: number;
  private work = { address: 0, bytes: 0 };

  constructor({ buffer }: WasmMemory, { name, kernels }: Pick<Engine, 'name' | 'kernels'>) {
    this.buffer = buffer;
    this.name = name;
    this.kernels = kernels;
    this.first = Math.ceil(kernels.reservedBytes() / ALIGNMENT) * ALIGNMENT;
    this.next = this.first;
  }

  get freeBytes(): number {
    return this.buffer.byteLength - this.next;
  }

  allocate(length: number): Float32Array {
    return this.view(this.reserve(length * 4, `a vector of ${length} floats`), length);
  }

  addressOf(vector: Float32Array): number | undefined {
    return vector.buffer === this.buffer ? vector.byteOffset : undefined;
  }

  view(address: number, length: number): Float32Array {
    return new Float32Array(this.buffer, address, length);
  }

  viewInt32(address: number, length: number): Int32Array {
    return new Int32Array(this.buffer, address, length);
  }

  reserve(bytes: number, purpose: string): number {
    if (!Number.isSafeInteger(bytes) || bytes < 0)
      throw new RangeError(`${purpose}: ${bytes} bytes is no size`);
    if (bytes > this.freeBytes) {
      throw new RangeError(
        `engine arena is full: ${purpose} needs ${inMiB(bytes)} MiB, ${inMiB(this.freeBytes)} of ` +
          `${inMiB(this.buffer.byteLength - this.first)} MiB are free; raise createEngine({ mebibytes })`,
      );
    }
    const address = this.next;
    this.next += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return address;
  }

  workspace(bytes: number): number {
    if (bytes > this.work.bytes) {
      // Outgrown workspaces are lost: doubling keeps the loss below the size of the largest.
      const enough = Math.max(bytes, 2 * this.work.bytes);
      this.work = { address: this.reserve(enough, 'a workspace'), bytes: enough };
    }
    return this.work.address;
  }
}

function inMiB(bytes: number): string {
  return (bytes / MEBIBYTE).toFixed(2);
}

/**
 * Makes an engine.
 * @throws {RangeError} the size is not within 1 and 4095 MiB
 * @throws {LearningError} `relaxed` or `blas` is asked for and not there
 */
export function createEngine(options: EngineOptions = {}): Engine {
  const { engine = 'simd128', mebibytes = 128, blasFromMultiplications: fromMultiplications } = options;
  if (!(mebibytes >= 1 && mebibytes <= 4095)) {
    throw new RangeError(`createEngine: mebibytes must be within 1 and 4095, not ${mebibytes}`);
  }
  const { relaxed, blas } = found(engine);
  const pages = Math.ceil((mebibytes * MEBIBYTE) / PAGE_BYTES) + KERNEL_PAGES;
  // As large as it may ever be: BLAS is told addresses in it, so it must not move.
  const memory = new wasm.Memory({ initial: pages, maximum: pages });
  const kernels = wasmKernels(memory, relaxed ? 'relaxed-simd' : 'simd128');
  if (!blas)
    return new ArenaEngine(memory, { name: relaxed ? 'wasm-relaxed-simd' : 'wasm-simd128', kernels });
  const base = blas.addressOf(new Float32Array(memory.buffer));
  return new ArenaEngine(memory, {
    name: `blas-${blas.name}`,
    kernels: blasKernels(kernels, blas, { base, fromMultiplications }),
  });
}

/** What an engine of a kind is made of here. */
function found(kind: EngineKind): { readonly relaxed: boolean; readonly blas?: Blas } {
  if (!ENGINE_KINDS.includes(kind)) throw missing(kind, `it is one of ${ENGINE_KINDS.join(', ')}`);
  const relaxed = kind !== 'simd128' && hasRelaxedSimd();
  if (kind === 'relaxed' && !relaxed) {
    throw missing(
      kind,
      'no relaxed SIMD here (Node 20 has it behind a flag: await prepareEngines(v8) first)',
    );
  }
  if (kind !== 'blas' && kind !== 'auto') return { relaxed };
  const blas = preparedBlas();
  if (typeof blas !== 'string') return { relaxed, blas };
  if (kind === 'blas') throw missing(kind, blas);
  return { relaxed };
}

function missing(kind: string, why: string): LearningError {
  return new LearningError('LEARNING_BAD_INPUT', `createEngine: engine ${kind}: ${why}`);
}
