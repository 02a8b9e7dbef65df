import { LeisurelyDeliveries } from './leisurely-deliveries.js';

const ROUND_MS = 100;
const AT_MOST = 3;

describe('LeisurelyDeliveries', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function setUp() {
    const deliveries = new LeisurelyDeliveries(ROUND_MS);
    const sent: string[] = [];
    const hold = (receiver: string, message: string): void =>
      deliveries.hold(receiver, AT_MOST, () => sent.push(`${receiver} ${message}`));
    return { deliveries, sent, hold };
  }

  it('sends the messages of a receiver together, in their order', () => {
    const { sent, hold } = setUp();
    hold('a', '1');
    jest.advanceTimersByTime(ROUND_MS / 2);
    hold('a', '2');
    expect(sent).toEqual([]);
    jest.advanceTimersByTime(ROUND_MS / 2);
    expect(sent).toEqual(['a 1', 'a 2']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('serves receivers one after the other, and none of them late', () => {
    const { sent, hold } = setUp();
    const receivers = Array.from({ length: 50 }, (_, i) => `x${i}`);
    for (const receiver of receivers) hold(receiver, '1');
    const atOnce: number[] = [];
    for (let ms = 0; ms < 3 * ROUND_MS; ms++) {
      const before = sent.length;
      jest.advanceTimersByTime(1);
      atOnce.push(sent.length - before);
      for (const message of sent.slice(before)) hold(message.split(' ')[0] as string, 'again');
    }
    expect(new Set(sent.slice(0, 50))).toEqual(new Set(receivers.map((receiver) => `${receiver} 1`)));
    expect(Math.max(...atOnce)).toBeLessThanOrEqual(1);
    expect(sent.slice(50, 100)).toEqual(receivers.map((receiver) => `${receiver} again`));
  });

  it('sends the last of many within two rounds, though nobody holds anything more', () => {
    const { sent, hold } = setUp();
    hold('first', '1');
    for (let i = 0; i < 50; i++) hold(`x${i}`, '1');
    jest.advanceTimersByTime(2 * ROUND_MS);
    expect(sent).toHaveLength(51);
  });

  it('sends at once what becomes too much', () => {
    const { sent, hold } = setUp();
    for (const message of ['1', '2', '3', '4']) hold('a', message);
    expect(sent).toEqual(['a 1', 'a 2', 'a 3']);
    jest.advanceTimersByTime(ROUND_MS);
    expect(sent).toHaveLength(4);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends one receiver what is held at once when it is asked to', () => {
    const { deliveries, sent, hold } = setUp();
    hold('a', '1');
    hold('b', '1');
    deliveries.flush('b');
    deliveries.flush('c');
    expect(sent).toEqual(['b 1']);
    deliveries.flushAll();
    expect(sent).toEqual(['b 1', 'a 1']);
    expect(jest.getTimerCount()).toBe(0);
    hold('b', '2');
    jest.advanceTimersByTime(ROUND_MS);
    expect(sent).toEqual(['b 1', 'a 1', 'b 2']);
  });
});
