/** What a family of streams is for; families never share numbers, so that one never disturbs another. */
export const STREAM = {
  task: 1,
  mobility: 3,
  shadowing: 4,
  fading: 5,
  arrivals: 6,
  onOff: 7,
  surges: 8,
  sessions: 9,
  harq: 10,
  speed: 11,
} as const;

/** SplitMix32 finaliser: a bijection of 32 bits with good avalanche. */
function mix32(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/**
 * A family of independent xoshiro128** generators (Blackman and Vigna), one per cell or UE.
 * State: `Int32Array[count * 4]`; hot loops load the four words of a stream into locals themselves.
 */
export class RandomStreams {
  readonly state: Int32Array;

  constructor(count: number, seed: number, purpose: number) {
    this.state = new Int32Array(count * 4);
    const low = seed >>> 0;
    const high = Math.floor(seed / 2 ** 32) >>> 0;
    for (let stream = 0; stream < count; stream++) {
      let word =
        mix32(mix32(mix32(low + 0x9e3779b9) ^ high) ^ mix32(purpose * 0x85ebca6b)) ^
        mix32(stream + 0x6a09e667);
      for (let i = 0; i < 4; i++) {
        word = (word + 0x9e3779b9) >>> 0;
        this.state[stream * 4 + i] = mix32(word);
      }
    }
  }

  /** Next 32 random bits of a stream, as a signed integer (which an engine need not box). */
  bits(stream: number): number {
    const s = this.state;
    const base = stream << 2;
    const s1 = s[base + 1] as number;
    const x = Math.imul(s1, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9);
    const s2 = (s[base + 2] as number) ^ (s[base] as number);
    const s3 = (s[base + 3] as number) ^ s1;
    s[base + 1] = s1 ^ s2;
    s[base] = (s[base] as number) ^ s3;
    s[base + 2] = s2 ^ (s1 << 9);
    s[base + 3] = (s3 << 11) | (s3 >>> 21);
    return result;
  }

  /** Uniform in [0, 1). */
  unit(stream: number): number {
    return (this.bits(stream) >>> 0) * 2 ** -32;
  }

  uniform(stream: number, [min, max]: readonly [number, number]): number {
    return min + (max - min) * this.unit(stream);
  }

  /** Standard normal (Box and Muller). */
  normal(stream: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit(stream)));
    return radius * Math.cos(2 * Math.PI * this.unit(stream));
  }

  /** Exponential with mean 1. */
  exponential(stream: number): number {
    return -Math.log(1 - this.unit(stream));
  }
}
