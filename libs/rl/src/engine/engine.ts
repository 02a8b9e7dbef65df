import { loadKernels, type EngineName, type Kernels } from './kernels.js';
import { wasm } from './web-assembly.js';

const MEBIBYTE = 2 ** 20;
const PAGE_BYTES = 2 ** 16;
/** For the kernels' own buffers, the first of the memory: what the module asks for at least. */
const KERNEL_PAGES = 16;
/** A cache line. */
const ALIGNMENT = 64;

export interface EngineOptions {
  /** Size of the arena in MiB, fixed for the engine's life, up to 4096. Pages cost nothing until they are used. Default 128. */
  readonly mebibytes?: number;
  /** Relaxed SIMD where the machine has it. Results may then differ between CPUs. Default false. */
  readonly relaxed?: boolean;
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

class WasmEngine implements Engine {
  readonly name: EngineName;
  readonly kernels: Kernels;
  private readonly buffer: ArrayBuffer;
  private readonly first: number;
  private next: number;
  private work = { address: 0, bytes: 0 };

  constructor(mebibytes: number, relaxed: boolean) {
    const pages = Math.ceil((mebibytes * MEBIBYTE) / PAGE_BYTES) + KERNEL_PAGES;
    const memory = new wasm.Memory({ initial: pages, maximum: pages });
    this.buffer = memory.buffer;
    ({ name: this.name, kernels: this.kernels } = loadKernels(memory, relaxed));
    this.first = Math.ceil(this.kernels.reservedBytes() / ALIGNMENT) * ALIGNMENT;
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

/** Makes an engine. Throws a RangeError when the size is not within 1 and 4095 MiB. */
export function createEngine({ mebibytes = 128, relaxed = false }: EngineOptions = {}): Engine {
  if (!(mebibytes >= 1 && mebibytes <= 4095)) {
    throw new RangeError(`createEngine: mebibytes must be within 1 and 4095, not ${mebibytes}`);
  }
  return new WasmEngine(mebibytes, relaxed);
}
