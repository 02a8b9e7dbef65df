import { EVENT_TYPES, type EventFilter, type EventType } from './event-frame.js';
import { EventHistory } from './event-history.js';

describe('what is kept of events', () => {
  let history: EventHistory;
  beforeEach(() => {
    history = new EventHistory();
    hear(...EVENT_TYPES);
  });
  const hear = (...types: EventType[]): void => history.hear(new Set(types));
  const add = (type: EventType, count = 1, long = ''): void => {
    for (let n = 0; n < count; n++) history.add({ type }, { n, long });
  };
  const missed = (id: string, filter: EventFilter = {}) => {
    const { frames, lost } = history.missed(id, filter);
    return { events: frames.map(({ type }) => type), lost };
  };
  const none = { events: [], lost: 0 };

  it('is what came after an id, in the order in which it came', () => {
    add('node');
    const { position } = history;
    expect(missed(position)).toEqual(none);
    for (const type of ['control', 'node', 'effect', 'control'] as const) add(type);
    expect(missed(position)).toEqual({ events: ['control', 'node', 'effect', 'control'], lost: 0 });
    expect(missed(position, { types: ['node', 'effect'] })).toEqual({ events: ['node', 'effect'], lost: 0 });
    expect(missed(history.position)).toEqual(none);
  });

  it('is bounded by type, in events and in length, and says what is lost', () => {
    const { position } = history;
    add('node');
    add('control', 2_500);
    const { events, lost } = missed(position);
    expect([events.length, lost]).toEqual([2_001, 500]);
    expect(missed(position, { types: ['node'] })).toEqual({ events: ['node'], lost: 0 });
    expect(missed(position, { types: ['control'] }).lost).toBeNull();
    expect(missed(position, { xapp: 'one' }).lost).toBeNull();

    const before = history.position;
    add('kpi', 30, 'x'.repeat(10_000));
    const kept = missed(before);
    expect(kept.events.length).toBeGreaterThan(20);
    expect(kept.events.length + (kept.lost ?? 0)).toBe(30);
    add('status', 1, 'x'.repeat(300_000));
    expect(missed(before).events).not.toContain('status');
  });

  it('is not what was skipped', () => {
    const { position } = history;
    add('node');
    history.skip(7);
    expect(missed(position)).toEqual({ events: ['node'], lost: 7 });
    expect(missed(position, { types: ['node'] })).toEqual({ events: ['node'], lost: null });
    expect(missed(history.position, { types: ['node'] })).toEqual(none);
  });

  it('has gaps while nobody hears a type', () => {
    add('node');
    const { position } = history;
    hear('kpi');
    expect(missed(position, { types: ['node'] }).lost).toBeNull();
    hear('kpi', 'node');
    expect(missed(position, { types: ['node'] }).lost).toBeNull();
    expect(missed(position, { types: ['kpi'] })).toEqual(none);
    expect(missed(history.position, { types: ['node'] })).toEqual(none);
  });

  it.each(['', 'x', '17', '00000000-1', 'x'.repeat(5_000), '-1'])(
    'is all there is for who names what was never given: %.20s',
    (id) => {
      add('node', 2);
      expect(missed(id)).toEqual({ events: ['node', 'node'], lost: null });
    },
  );

  it('takes no number that is yet to come for one of its own', () => {
    add('node');
    const { position } = history;
    add('node');
    const later = `${history.position}0`;
    expect(missed(later)).toEqual({ events: ['node', 'node'], lost: null });
    expect(missed(position)).toEqual({ events: ['node'], lost: 0 });
  });
});
