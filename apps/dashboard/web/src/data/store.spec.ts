import { type RoundClosed } from '@ricochet/contracts';
import { type LogEntry, type RunInfo } from '../../../src/feed/frame.js';
import { Store, type History } from './store.js';

const run = (runId: string): RunInfo => ({ runId }) as RunInfo;
const entry = (id: number): LogEntry => ({ id, timeMs: id, kind: 'ric', serious: false, text: `${id}` });
const round = (number: number, level = 'high'): RoundClosed => ({ level, round: number }) as RoundClosed;
const history = (more: Partial<History>): History => ({
  ...{ run: run('one'), frames: [], positions: null, ric: null, nonrt: null, rounds: [], log: [] },
  ...more,
});

describe('Store', () => {
  it('keeps what the stream told while the history was on its way, once', () => {
    const store = new Store();
    store.begin(run('one'));
    for (const id of [2, 3]) store.note(entry(id));
    for (const number of [7, 8]) store.round(round(number));
    store.load(history({ log: [entry(1), entry(2)], rounds: [round(6), round(7), round(7, 'low')] }));
    expect(store.log.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(store.rounds.map(({ level, round: number }) => `${level} ${number}`)).toEqual([
      ...['high 6', 'high 7', 'low 7', 'high 8'],
    ]);
  });

  it('takes no older state than the stream has told since it was asked for', () => {
    const store = new Store();
    const [older, newer] = [{ instance: 'older' }, { instance: 'newer' }] as never[];
    store.change({ ric: older, nonrt: older });
    store.asksForHistory();
    store.change({ ric: newer });
    store.load(history({ ric: older ?? null, nonrt: newer ?? null }));
    expect([store.ric, store.nonrt]).toEqual([newer, newer]);
  });

  it('forgets the rounds of a former run', () => {
    const store = new Store();
    store.load(history({ rounds: [round(1)] }));
    store.begin(run('two'));
    expect(store.rounds).toEqual([]);
  });
});
