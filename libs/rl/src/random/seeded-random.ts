/**
 * A seeded generator (sfc32, 128 bits of state): the same seed parts give the same sequence on every machine.
 * Made from what a draw is for, `new SeededRandom(seed, nodeId, round)`, draws do not depend on the order of calls.
 */
export class SeededRandom {
  private readonly words: Uint32Array;
  private spare: number | undefined;

  /** @param parts of the seed: `(1, 'a')`, `('1', 'a')` and `('1a')` are three different seeds. */
  constructor(...parts: readonly (string | number)[]) {
    this.words = hashed(parts);
    // The first outputs still show the hash.
    for (let i = 0; i < 12; i++) this.bits();
  }

  /** Uniform in [0, 1), 32 bits. */
  uniform(): number {
    return this.bits() / 0x100000000;
  }

  /** Gaussian, mean 0, variance 1 (Box-Muller). */
  normal(): number {
    if (this.spare !== undefined) {
      const value = this.spare;
      this.spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** An integer in 0 .. `count` - 1. */
  index(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** `size` different integers of 0 .. `count` - 1 in random order. @throws RangeError when there are not as many */
  distinct(count: number, size: number): Int32Array {
    if (size > count) throw new RangeError(`${size} different numbers below ${count} do not exist`);
    const numbers = new Int32Array(count);
    for (let i = 0; i < count; i++) numbers[i] = i;
    // The beginning of a Fisher-Yates shuffle.
    for (let i = 0; i < size; i++) {
      const other = i + this.index(count - i);
      const chosen = numbers[other]!;
      numbers[other] = numbers[i]!;
      numbers[i] = chosen;
    }
    return numbers.subarray(0, size);
  }

  private bits(): number {
    const words = this.words;
    const [a, b, c, counter] = [words[0]!, words[1]!, words[2]!, words[3]!];
    const result = (a + b + counter) >>> 0;
    words[3] = counter + 1;
    words[0] = b ^ (b >>> 9);
    words[1] = c + (c << 3);
    words[2] = ((c << 21) | (c >>> 11)) + result;
    return result;
  }
}

/** Four 32-bit words of the parts (FNV-1a with four bases, then mixed as in MurmurHash3). */
function hashed(parts: readonly (string | number)[]): Uint32Array {
  const text = JSON.stringify(parts);
  return Uint32Array.from([0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35], (basis) => {
    let hash = basis;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  });
}
