import { EventEmitter } from 'node:events';
import { ManualTimers } from '../../manual-timers.fixture.js';
import { EventFeed } from './event-feed.js';
import { EVENT_TYPES, type EventFilter, type EventType } from './event-frame.js';

/** A connection that takes all, until it is told to be slow. */
class Connection extends EventEmitter {
  readonly written: string[] = [];
  isSlow = false;
  isEnded = false;
  destroyed = false;

  write(octets: Buffer | string): boolean {
    this.written.push(octets.toString());
    return !this.isSlow;
  }

  end(): this {
    this.isEnded = true;
    return this;
  }

  destroy(): this {
    this.destroyed = true;
    return this;
  }

  /** What came since the last time: names and data of events, and comments. */
  heard(): string[] {
    const blocks = this.written.splice(0).join('').split('\n\n');
    return blocks.flatMap((block) => {
      const { event, data } = Object.fromEntries(
        block.split('\n').map((line) => line.split(/: (.*)/s, 2)),
      ) as Record<string, string>;
      if (event !== undefined) return [`${event} ${data}`];
      return block.startsWith(':') ? [block.split('\n', 1)[0] ?? ''] : [];
    });
  }

  /** The last id that came so far. */
  lastId(): string {
    return /.*^id: (\S+)$/ms.exec(this.written.join(''))?.[1] ?? '';
  }
}

describe('the feed of events', () => {
  let timers: ManualTimers;
  let feed: EventFeed;
  beforeEach(() => {
    timers = new ManualTimers();
    feed = new EventFeed(timers);
  });
  const listen = (filter: EventFilter = {}, lastEventId?: string): Connection => {
    const connection = new Connection();
    feed.add(connection as never, filter, lastEventId);
    return connection;
  };
  const tell = (type: EventType, n: number, xapp = 'one', nodeId = 'du-1'): void =>
    feed.tell(type, { xapps: [xapp], nodeId }, () => ({ n }));
  const flush = (): void => timers.advance(100);

  it('puts nothing into words that nobody wants to hear', () => {
    const words = jest.fn(() => ({}));
    feed.tell('control', {}, words);
    const connection = listen({ types: ['effect'] });
    feed.tell('control', {}, words);
    flush();
    expect(words).not.toHaveBeenCalled();
    feed.tell('effect', {}, words);
    expect(words).not.toHaveBeenCalled();
    flush();
    expect(words).toHaveBeenCalledTimes(1);
    expect(connection.heard()).toEqual(['effect {}']);
  });

  it('puts each event into words once, for all who hear it', () => {
    const words = jest.fn(() => ({ n: 1 }));
    const connections = Array.from({ length: 100 }, () => listen());
    feed.tell('control', {}, words);
    flush();
    expect(words).toHaveBeenCalledTimes(1);
    for (const connection of connections) expect(connection.heard()).toEqual(['control {"n":1}']);
  });

  it('numbers events, and says when to come again', () => {
    const connection = listen();
    tell('node', 1);
    tell('node', 2);
    flush();
    expect(connection.written.join('').replaceAll(/[0-9a-f]{8}-/g, 'life-')).toBe(
      'retry: 2000\n\nid: life-1\n\nid: life-2\nevent: node\ndata: {"n":1}\n\n' +
        'id: life-3\nevent: node\ndata: {"n":2}\n\n',
    );
  });

  it('keeps to what each wants to hear', () => {
    const filters: readonly EventFilter[] = [
      {},
      { types: ['effect', 'kpi'] },
      { xapp: 'two' },
      { node: 'du-2' },
      { types: ['effect'], xapp: 'two', node: 'du-2' },
    ];
    const connections = filters.map((filter) => listen(filter));
    tell('control', 1);
    tell('effect', 2, 'two');
    tell('effect', 3, 'two', 'du-2');
    feed.tell('kpi', { nodeId: 'du-1' }, () => ({ n: 4 }));
    feed.tell('policy', {}, () => ({ n: 5 }));
    flush();
    const numbers = connections.map((connection) =>
      connection.heard().map((event) => Number(/\d/.exec(event)?.[0])),
    );
    expect(numbers).toEqual([[1, 2, 3, 4, 5], [2, 3, 4], [2, 3, 4, 5], [3, 5], [3]]);
  });

  it('has who is behind wait and lose the oldest, and says how many', () => {
    const slow = listen();
    const quick = listen();
    slow.isSlow = true;
    const long = 'x'.repeat(10_000);
    for (let n = 0; n < 100; n++) {
      feed.tell('control', {}, () => ({ n, long }));
      flush();
    }
    expect(quick.heard()).toHaveLength(100);
    expect(slow.heard()).toHaveLength(1);
    slow.isSlow = false;
    slow.emit('drain');
    const [dropped = '', ...kept] = slow.heard();
    const { events } = JSON.parse(dropped.replace('dropped ', '')) as { events: number };
    expect(events + kept.length).toBe(99);
    expect(kept.length).toBeGreaterThan(45);
    expect(kept.at(-1)).toContain('"n":99');
    feed.tell('control', {}, () => ({ n: 100 }));
    flush();
    expect(slow.heard()).toEqual(['control {"n":100}']);
  });

  it('keeps no more of a flood than it has room for', () => {
    const connection = listen();
    for (let n = 0; n < 6_000; n++) tell('control', n);
    flush();
    const heard = connection.heard();
    expect(heard).toHaveLength(5_001);
    expect(heard.at(-1)).toBe('dropped {"events":1000}');
  });

  it('is silent for no longer than 15 s', () => {
    const connection = listen();
    timers.advance(14_999);
    expect(connection.heard()).toEqual([]);
    timers.advance(15_001);
    expect(connection.heard()).toEqual([': heart-beat', ': heart-beat']);
    connection.isSlow = true;
    timers.advance(15_000);
    timers.advance(15_000);
    expect(connection.heard()).toEqual([': heart-beat']);
  });

  it('cuts off who takes nothing between two heart-beats', () => {
    const [stuck, slow] = [listen(), listen()];
    for (const connection of [stuck, slow]) connection.isSlow = true;
    timers.advance(15_000);
    timers.advance(15_000);
    slow.emit('drain');
    timers.advance(15_000);
    expect([stuck.destroyed, slow.destroyed]).toEqual([true, false]);
    expect(feed.readers).toBe(1);
  });

  it('tells which types somebody hears', () => {
    const audiences: string[][] = [];
    feed.onAudience((heard) => audiences.push([...heard].toSorted()));
    const one = listen({ types: ['effect'] });
    listen({ types: ['effect'] });
    const all = listen();
    all.emit('close');
    one.emit('close');
    expect(feed.readers).toBe(1);
    timers.advance(29_999);
    expect(audiences).toEqual([['effect'], EVENT_TYPES.toSorted()]);
    timers.advance(1);
    expect(audiences.at(-1)).toEqual(['effect']);
    feed.close();
    expect(audiences.at(-1)).toEqual([]);
  });

  it('sends who comes back what he has missed, and then what comes', () => {
    const gone = listen({ types: ['node'] });
    tell('node', 1);
    flush();
    const lastId = gone.lastId();
    gone.emit('close');
    tell('node', 2);
    tell('kpi', 3);
    flush();
    tell('node', 4);
    const back = listen({ types: ['node'] }, lastId);
    expect(back.heard()).toEqual(['node {"n":2}']);
    flush();
    expect(back.heard()).toEqual(['node {"n":4}']);
  });

  it('knows by the heart-beat how far a reader is to whom nothing came', () => {
    const gone = listen({ types: ['node'] });
    listen();
    const before = gone.lastId();
    for (let n = 0; n < 3_000; n++) tell('control', n);
    timers.advance(15_000);
    const lastId = gone.lastId();
    expect(lastId).not.toBe(before);
    gone.emit('close');
    expect(listen({}, lastId).heard()).toEqual([]);
    expect(listen({}, before).heard()).toHaveLength(2_001);
  });

  it('says that it does not know how much is lost when it is long ago, or of another life', () => {
    const gone = listen({ types: ['node'] });
    const lastId = gone.lastId();
    gone.emit('close');
    timers.advance(30_000);
    tell('node', 1);
    expect(listen({ types: ['node'] }, lastId).heard()).toEqual(['dropped {"events":null}']);
    expect(listen({ types: ['node'] }, '4711').heard()).toEqual(['dropped {"events":null}']);
  });

  it('holds who comes back to the same bounds as others', () => {
    const gone = listen();
    const lastId = gone.lastId();
    const long = 'x'.repeat(10_000);
    for (const type of EVENT_TYPES) {
      for (let n = 0; n < 20; n++) feed.tell(type, {}, () => ({ long }));
    }
    flush();
    const back = new Connection();
    back.isSlow = true;
    feed.add(back as never, {}, lastId);
    back.isSlow = false;
    back.emit('drain');
    const heard = back.heard();
    const [dropped = ''] = heard.filter((event) => event.startsWith('dropped'));
    const { events } = JSON.parse(dropped.replace('dropped ', '')) as { events: number };
    expect(events).toBeGreaterThan(100);
    expect(events + heard.length - 1).toBe(180);
  });

  it('ends all streams when it closes', () => {
    const connection = listen();
    tell('node', 1);
    feed.close();
    flush();
    timers.advance(15_000);
    expect(connection.isEnded).toBe(true);
    expect(connection.heard()).toEqual([]);
  });
});
