import { EventError, parseEvent } from './parse-event.js';

const place = { cells: 7, atMs: 1_230 };

describe('parseEvent', () => {
  it('reads an event as the file spells it, at the time it is given', () => {
    const event = parseEvent(
      { kind: 'surge', slice: 'URLLC', factor: 3, duration: '4s', ramp: '200ms', cells: [2, 7] },
      place,
    );
    expect(event).toEqual({
      kind: 'surge',
      slice: 'URLLC',
      factor: 3,
      durationMs: 4_000,
      rampMs: 200,
      cells: [1, 6],
      atMs: 1_230,
    });
  });

  it('leaves the time to who plays it', () => {
    expect(() => parseEvent({ kind: 'cell-off', cells: [1], at: '5s' }, place)).toThrow(EventError);
  });

  it('names the key that is wrong, and what was expected', () => {
    const faults = (value: Record<string, unknown>): string => {
      try {
        parseEvent(value, place);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(faults({ kind: 'cell-off', cells: [8] })).toBe('cells: expected a DU from 1 to 7, got 8');
    expect(faults({ kind: 'surge', slice: 'eMBC', factor: 2, duration: '1s' })).toMatch(/^slice: .*eMBB/);
    expect(faults({ kind: 'surge', slice: 'eMBB', factor: 2, duration: '1s', cels: [1] })).toMatch(
      /^cels: unknown key/,
    );
    expect(faults({ kind: 'quake' })).toMatch(/^kind: expected one of/);
    expect(faults({})).toMatch(/^kind: is missing/);
  });
});
