import { HeldBack } from './held-back.js';

describe('HeldBack', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const make = () => {
    const sent: string[] = [];
    const heldBack = new HeldBack(2);
    return { sent, heldBack, hold: (word: string) => heldBack.hold(() => sent.push(word)) };
  };

  it('sends what it holds in its order when it is told to, once', () => {
    const { sent, heldBack, hold } = make();
    hold('a');
    hold('b');
    expect(sent).toEqual([]);
    heldBack.release();
    heldBack.release();
    jest.advanceTimersByTime(10);
    expect(sent).toEqual(['a', 'b']);
  });

  it('sends it after a while if nobody tells it to, counted from the first', () => {
    const { sent, hold } = make();
    hold('a');
    jest.advanceTimersByTime(1);
    hold('b');
    expect(sent).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(sent).toEqual(['a', 'b']);
    hold('c');
    jest.advanceTimersByTime(2);
    expect(sent).toEqual(['a', 'b', 'c']);
  });
});
