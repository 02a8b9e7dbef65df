import { RareLines } from './rare-lines.js';

describe('rare lines', () => {
  it('are told once, then once a minute with those in between, a kind for itself', () => {
    const told: string[] = [];
    let nowMs = 5_000;
    const lines = new RareLines(
      (line) => told.push(line),
      () => nowMs,
    );
    for (let i = 0; i < 100; i++) lines.tell('garbage', `garbage ${i}`);
    lines.tell('clock', 'the clock went back');
    nowMs += 60_000;
    lines.tell('garbage', 'garbage again');
    nowMs += 60_000;
    lines.tell('garbage', 'and again');
    expect(told).toEqual([
      'garbage 0',
      'the clock went back',
      'garbage again (and 99 more like it)',
      'and again',
    ]);
    expect(lines.counts).toEqual({ garbage: 102, clock: 1 });
  });
});
