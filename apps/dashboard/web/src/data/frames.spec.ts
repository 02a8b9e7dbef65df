import { type Frame } from '../../../src/feed/frame.js';
import { Frames } from './frames.js';

const frame = (index: number): Frame => ({
  index,
  timeMs: 100 * (index + 1),
  realTimeFactor: 1,
  connected: 1,
  latency: [],
  counts: [],
  nodes: [[1, index, 100]],
});
const range = (from: number, to: number): Frame[] =>
  Array.from({ length: to - from }, (_, i) => frame(from + i));
const indices = (frames: Frames): number[] => frames.all.map(({ index }) => index);

describe('Frames', () => {
  it('keeps the last minute whole and thins what is before', () => {
    const frames = new Frames();
    for (const one of range(0, 2_000)) frames.add(one);
    expect(indices(frames).slice(-600)).toEqual(range(1_400, 2_000).map(({ index }) => index));
    expect(indices(frames).slice(0, 3)).toEqual([9, 19, 29]);
    for (const one of range(2_000, 20_000)) frames.add(one);
    expect(frames.all.length).toBeLessThan(1_215);
  });

  it('joins what it has with what the gateway has kept', () => {
    const frames = new Frames();
    for (const one of range(0, 20)) frames.add(one);
    // The connection was cut for a while, and frames came again before the history did.
    for (const one of range(50, 55)) frames.add(one);
    frames.merge(range(10, 52));
    expect(indices(frames)).toEqual(range(0, 55).map(({ index }) => index));
    frames.merge([]);
    frames.add(frame(54));
    expect(frames.all).toHaveLength(55);
  });

  it('gives a span, and the mean of a second', () => {
    const frames = new Frames();
    for (const one of range(0, 100)) frames.add(one);
    expect(frames.within(500, 700).map(({ timeMs }) => timeMs)).toEqual([500, 600, 700]);
    expect(frames.secondUntil(5_050)).toMatchObject({ timeMs: 5_000, nodes: [[1, 44.5, 100]] });
    expect(frames.secondUntil(50)).toBeUndefined();
  });
});
