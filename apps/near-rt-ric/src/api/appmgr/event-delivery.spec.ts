import { delivered, ManualTimers } from '../../manual-timers.fixture.js';
import { EventDelivery } from './event-delivery.js';

describe('delivery of events to a receiver', () => {
  let timers: ManualTimers;
  let posted: string[];
  let told: string[];
  /** What becomes of each attempt; of those beyond: it is taken. */
  let answers: (Promise<void> | Error | undefined)[];
  beforeEach(() => {
    timers = new ManualTimers();
    [posted, told, answers] = [[], [], []];
  });
  const start = (maxRetries: number): EventDelivery =>
    new EventDelivery({
      timers,
      maxRetries,
      retryTimerS: 5,
      post: async (text) => {
        posted.push(text);
        const answer = answers.shift();
        if (answer instanceof Error) throw answer;
        await answer;
      },
      onBehind: () => told.push('behind'),
      onGivenUp: (reason) => told.push(`given up: ${reason}`),
    });
  const after = async (ms: number): Promise<void> => {
    timers.advance(ms);
    await delivered();
  };
  const down = new Error('down');

  it('is one after the other', async () => {
    const delivery = start(0);
    let taken = (): void => undefined;
    answers = [new Promise((resolve) => (taken = resolve))];
    for (const text of ['one', 'two', 'three']) delivery.push(text);
    await delivered();
    expect(posted).toEqual(['one']);
    taken();
    await delivered();
    expect(posted).toEqual(['one', 'two', 'three']);
  });

  it('is tried again, less and less often, and each event as often', async () => {
    const delivery = start(2);
    answers = [down, down, undefined, down];
    delivery.push('one');
    delivery.push('two');
    await after(0);
    await after(4_999);
    expect(posted).toEqual(['one']);
    await after(1);
    await after(9_999);
    expect(posted).toEqual(['one', 'one']);
    await after(1);
    expect(posted).toEqual(['one', 'one', 'one', 'two']);
    await after(5_000);
    expect(posted).toEqual(['one', 'one', 'one', 'two', 'two']);
    expect(told).toEqual([]);
  });

  it('is given up after so many retries', async () => {
    const delivery = start(1);
    answers = [down, new Error('still down')];
    delivery.push('one');
    delivery.push('two');
    await after(0);
    await after(5_000);
    delivery.push('three');
    await after(600_000);
    expect(posted).toEqual(['one', 'one']);
    expect(told).toEqual(['given up: still down']);
  });

  it('has a hundred events wait, the newest', async () => {
    const delivery = start(1);
    answers = [down];
    for (let n = 0; n < 150; n++) delivery.push(`${n}`);
    await after(0);
    await after(5_000);
    expect(posted).toEqual(['0', '0', ...Array.from({ length: 100 }, (_, i) => `${i + 50}`)]);
    expect(told).toEqual(['behind']);
  });

  it('ends when it is told to', async () => {
    const delivery = start(5);
    answers = [down];
    delivery.push('one');
    await delivered();
    delivery.stop();
    delivery.push('two');
    await after(600_000);
    expect(posted).toEqual(['one']);
  });
});
