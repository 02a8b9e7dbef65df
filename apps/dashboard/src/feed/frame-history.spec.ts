import { FrameHistory } from './frame-history.js';
import { frameOf } from './frame-of.js';
import { placeOf, type Frame } from './frame.js';
import { sampleAt } from './sample.fixture.js';

const frames = (history: FrameHistory): Frame[] => JSON.parse(history.json()) as Frame[];

describe('FrameHistory', () => {
  it('tells what a sample says, in fewer digits', () => {
    const frame = frameOf(sampleAt(3));
    expect(frame).toMatchObject({ index: 3, timeMs: 400, connected: 1, latency: [8, 1.235, 2, 3, 4] });
    expect(frame.nodes[0]?.slice(0, 3)).toEqual([1, 60, 100]);
    expect(frame.nodes[0]?.[placeOf(0, 'offeredKbit')]).toBe(1_000);
    expect(frame.nodes[0]?.[placeOf(1, 'maxRatio')]).toBe(60);
  });

  it('keeps every period of the last minute, one frame a second before, and no more than ten minutes', () => {
    const history = new FrameHistory();
    for (let index = 0; index < 20_000; index++) history.add(frameOf(sampleAt(index)));
    const kept = frames(history);
    expect(kept.at(-1)?.index).toBe(19_999);
    expect(kept.slice(-600).map(({ index }) => index)).toEqual(
      Array.from({ length: 600 }, (_, i) => 19_400 + i),
    );
    const steps = kept.slice(0, -600).map(({ index }, i) => (kept[i + 1]?.index ?? 0) - index);
    expect(new Set(steps.slice(0, -1))).toEqual(new Set([10]));
    expect(kept.length).toBeLessThanOrEqual(1_200);
    expect((kept.at(-1)?.timeMs ?? 0) - (kept[0]?.timeMs ?? 0)).toBeLessThanOrEqual(600_000);
  });

  it('thins to means, to the share of periods with the SLA met, and to the worst of the percentiles', () => {
    const history = new FrameHistory();
    for (let index = 0; index < 700; index++) {
      const odd = index % 2 === 1;
      history.add(
        frameOf(sampleAt(index, { delayP99Ms: odd ? 20 : null, prbUsed: odd ? 10 : 30, slaMet: odd })),
      );
    }
    const [first] = frames(history);
    const value = (column: Parameters<typeof placeOf>[1]) => first?.nodes[0]?.[placeOf(0, column)];
    expect(first?.index).toBe(9);
    expect([value('prbUsed'), value('delayP99Ms'), value('slaMet')]).toEqual([20, 20, 0.5]);
  });
});
