import { newLines } from './new-lines.js';

describe('new lines of a log', () => {
  it('are those after the ones that were there before', () => {
    expect(newLines([], ['a'])).toEqual(['a']);
    expect(newLines(['a', 'b'], ['a', 'b', 'c'])).toEqual(['c']);
    expect(newLines(['a', 'b'], ['b', 'c', 'd'])).toEqual(['c', 'd']);
    expect(newLines(['a', 'b'], ['a', 'b'])).toEqual([]);
  });

  it('are all when the log was begun anew', () => {
    expect(newLines(['a', 'b'], ['c'])).toEqual(['c']);
    expect(newLines(['a', 'b'], [])).toEqual([]);
  });
});
