import { BoundedLines } from './bounded-lines.js';
import { ManualTimers } from './manual-timers.fixture.js';

function open() {
  const timers = new ManualTimers();
  const lines: string[] = [];
  const bounded = new BoundedLines(timers, (line) => lines.push(line));
  const tell = (count: number): void => {
    for (let index = 0; index < count; index++) bounded.tell(`line ${index}`);
  };
  return { timers, lines, bounded, tell };
}

describe('BoundedLines', () => {
  it('lets ten lines a second through and tells how many it has held back', () => {
    const { timers, lines, tell } = open();
    tell(542);
    expect(lines).toHaveLength(10);
    timers.advance(1_000);
    expect(lines.slice(10)).toEqual(['… and 532 more like these']);
    tell(1);
    expect(lines.at(-1)).toBe('line 0');
    timers.advance(1_000);
    expect(lines).toHaveLength(12);
    expect(timers.running).toBe(0);
  });

  it('tells what it has held back at the end', () => {
    const { timers, lines, bounded, tell } = open();
    tell(11);
    bounded.flush();
    bounded.flush();
    expect(lines.slice(10)).toEqual(['… and 1 more like these']);
    expect(timers.running).toBe(0);
  });
});
