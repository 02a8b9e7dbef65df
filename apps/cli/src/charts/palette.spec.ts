import { coloursOf } from './palette.js';

describe('coloursOf', () => {
  it('gives each name a colour of its own', () => {
    const names = Array.from({ length: 11 }, (_, i) => `method ${i}`);
    expect(new Set(Object.values(coloursOf(names))).size).toBe(11);
  });

  it('keeps the fixed colours and does not give them away', () => {
    const fixed = coloursOf(['a', 'b']);
    const colours = coloursOf(['c', 'b', 'd'], fixed);
    expect(colours).toMatchObject(fixed);
    expect(new Set(Object.values(colours)).size).toBe(4);
  });

  it('repeats when there are more names than colours', () => {
    const names = Array.from({ length: 30 }, (_, i) => `method ${i}`);
    expect(Object.values(coloursOf(names))).toHaveLength(30);
    const fixed = coloursOf(names.slice(0, 11));
    expect(coloursOf(['other'], fixed)['other']).toMatch(/^#[0-9A-F]{6}$/);
  });
});
