import { DEFAULT_VIEW, formatView, parseView, type View } from './view.js';

describe('the link', () => {
  it('carries the view there and back', () => {
    const view: View = { du: 3, slice: 2, atMs: 123_400, spanS: 300, theme: 'dark' };
    expect(formatView(view)).toBe('#du=3&slice=2&t=123400&span=300&theme=dark');
    expect(parseView(formatView(view))).toEqual(view);
    expect(formatView(DEFAULT_VIEW)).toBe('');
    expect(parseView('')).toEqual(DEFAULT_VIEW);
  });

  it('leaves out what it does not understand', () => {
    expect(parseView('#du=0&slice=x&t=-5&span=7&theme=pink&more=1')).toEqual(DEFAULT_VIEW);
    expect(parseView('#du=2e1&t=1.5')).toEqual(DEFAULT_VIEW);
  });
});
