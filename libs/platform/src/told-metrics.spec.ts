import { createMetrics } from './metrics.js';
import { ToldMetrics } from './told-metrics.js';

describe('ToldMetrics', () => {
  const metrics = createMetrics();
  const told = new ToldMetrics(metrics, { prefix: 'xapp_', label: 'xapp' });
  const lines = async (): Promise<string[]> =>
    (await metrics.metrics()).split('\n').filter((line) => line !== '');
  const counter = (value: number) =>
    ({ kind: 'counter', name: 'decisions_total', help: 'Decisions', value }) as const;

  it('shows what each source told last', async () => {
    expect(told.take('a', [counter(1)])).toEqual([]);
    told.take('b', [counter(5)]);
    told.take('a', [counter(2)]);
    expect(await lines()).toEqual([
      '# HELP xapp_decisions_total Decisions',
      '# TYPE xapp_decisions_total counter',
      'xapp_decisions_total{xapp="b"} 5',
      'xapp_decisions_total{xapp="a"} 2',
    ]);
  });

  it('leaves out what another source has as another kind', async () => {
    const gauge = { kind: 'gauge', name: 'decisions_total', help: '', value: 9 } as const;
    expect(told.take('c', [gauge])).toEqual(['decisions_total']);
    expect(await lines()).not.toContainEqual(expect.stringContaining('xapp="c"'));
  });

  it('forgets sources, and metrics that none has any more', async () => {
    told.drop('a');
    told.drop('b');
    expect(await lines()).toEqual([]);
  });

  it('shows histograms cumulatively', async () => {
    const histogram = {
      kind: 'histogram',
      name: 'took',
      help: 'Time',
      bounds: [1, 2],
      counts: [3, 0, 1],
      sum: 9,
    } as const;
    told.take('a', [histogram]);
    expect((await lines()).slice(2)).toEqual([
      'xapp_took_bucket{xapp="a",le="1"} 3',
      'xapp_took_bucket{xapp="a",le="2"} 3',
      'xapp_took_bucket{xapp="a",le="+Inf"} 4',
      'xapp_took_sum{xapp="a"} 9',
      'xapp_took_count{xapp="a"} 4',
    ]);
  });
});
