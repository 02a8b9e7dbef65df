import { PassThrough } from 'node:stream';
import { ChildOutput } from './child-output.js';

describe('ChildOutput', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
  afterEach(() => jest.useRealTimers());

  const settled = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  const follow = (maxBytesPerSecond?: number) => {
    const written: string[] = [];
    const output = new ChildOutput({ write: (lines) => written.push(lines), maxBytesPerSecond });
    const stream = new PassThrough({ highWaterMark: 1 << 20 });
    output.follow(stream);
    return { output, stream, text: () => written.join('') };
  };

  it('gives whole lines, however they come, and the rest at the end', async () => {
    const { stream, text } = follow();
    for (const piece of ['a', 'b\nc', '\n', 'd']) stream.write(piece);
    await settled();
    expect(text()).toBe('ab\nc\n');
    stream.end();
    await settled();
    expect(text()).toBe('ab\nc\nd\n');
  });

  it('keeps the last serious line', async () => {
    const { output, stream } = follow();
    stream.write(`{"level":50,"msg":"bad"}\n{"level":30,"msg":"fine"}\n`);
    await settled();
    expect(output.lastWords()).toBe('bad');
    stream.write('FATAL ERROR: Reached heap limit Allocation failed\n');
    await settled();
    expect(output.lastWords()).toBe('FATAL ERROR: Reached heap limit Allocation failed');
  });

  it('cuts lines that never end', async () => {
    const { stream, text } = follow();
    for (let i = 0; i < 10; i++) stream.write('x'.repeat(10_000));
    await settled();
    for (const line of text().trim().split('\n')) expect(line.length).toBeLessThanOrEqual(16_384);
  });

  it('reads no more than so much a second', async () => {
    const { stream, text } = follow(100);
    for (let i = 0; i < 50; i++) stream.write(`${String(i).padStart(9, '0')}\n`);
    await settled();
    const first = text().length;
    expect(first).toBeLessThan(500);
    expect(stream.isPaused()).toBe(true);
    for (let second = 0; second < 5; second++) {
      jest.advanceTimersByTime(1_001);
      await settled();
    }
    expect(text().length).toBe(500);
  });
});
