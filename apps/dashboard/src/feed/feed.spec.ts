import { type RicStatus, type SimulationPositions } from '@ricochet/contracts';
import { Feed } from './feed.js';
import { type LogEntry } from './frame.js';
import { sampleAt } from './sample.fixture.js';

const status = (log: string[], indications = 0): RicStatus =>
  ({
    instance: 'x',
    nodes: [],
    xapps: [],
    decisions: [],
    policies: [],
    counts: { indications },
    log,
  }) as never;

function started() {
  const told: [string, unknown][] = [];
  const feed = new Feed((name, text) => told.push([name, JSON.parse(text)]));
  const history = () =>
    JSON.parse(feed.history()) as {
      run: object;
      frames: object[];
      ric: object;
      log: LogEntry[];
      positions: object;
    };
  const at = (timeMs: number) => JSON.parse(feed.at(timeMs)) as Record<string, unknown>;
  const texts = () => history().log.map(({ timeMs, text }) => [timeMs, text]);
  return { feed, told, history, at, texts };
}

describe('Feed', () => {
  it('has something to give before anything was heard', () => {
    const { history, at } = started();
    expect(history()).toEqual({
      ...{ run: null, frames: [], positions: null, ric: null, nonrt: null, rounds: [], log: [] },
    });
    expect(at(100)).toEqual({ positions: null, ric: null, nonrt: null });
  });

  it('tells frames and what happened, and gives both to who comes later', () => {
    const { feed, told, history, texts } = started();
    feed.sample(sampleAt(0));
    feed.sample(sampleAt(1, {}, { events: ['eMBB surge'] }));
    expect(told.map(([name]) => name)).toEqual(['run', 'log', 'frame', 'frame', 'log']);
    expect(history().run).toMatchObject({ runId: 'one', nodeIds: ['gnb-001-01-1-du-1'], slices: [1, 2] });
    expect(history().frames).toHaveLength(2);
    expect(texts()).toEqual([
      [0, 'small, seed 1, controller need+pf begins'],
      [200, 'eMBB surge'],
    ]);
  });

  it('begins anew with another run', () => {
    const { feed, history } = started();
    feed.sample(sampleAt(500));
    const other = sampleAt(0);
    feed.sample({ ...other, run: { ...other.run, runId: 'two' } });
    expect(history().frames).toHaveLength(1);
    expect(history().run).toMatchObject({ runId: 'two' });
  });

  it('tells the status when it changes, and each line of its log once', () => {
    const { feed, told, texts } = started();
    feed.ric(status(['a']));
    feed.ric(status(['a']));
    feed.ric(status(['a', 'b'], 1));
    expect(told.filter(([name]) => name === 'ric')).toHaveLength(2);
    expect(texts()).toEqual([
      [null, 'a'],
      [null, 'b'],
    ]);
  });

  it('knows what held at a moment', () => {
    const { feed, at } = started();
    const positions = (timeMs: number) => ({ timeMs, ueIds: [timeMs] }) as unknown as SimulationPositions;
    for (let index = 0; index < 40; index++) {
      feed.sample(sampleAt(index));
      feed.ric(status([], index));
      if (index % 5 === 0) feed.where(positions(100 * (index + 1)));
    }
    expect(at(2_050)).toMatchObject({ positions: { timeMs: 1_600 }, ric: { counts: { indications: 9 } } });
    expect(at(2_100)).toMatchObject({ positions: { timeMs: 2_100 }, ric: { counts: { indications: 19 } } });
  });
});
