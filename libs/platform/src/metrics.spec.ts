import { addReadMetrics, createMetrics, Histogram } from './metrics.js';

describe('metrics that are read when asked for', () => {
  it('give the value of that moment, not a sum over the askings', async () => {
    const metrics = createMetrics();
    let things = 3;
    addReadMetrics(metrics, { ricochet_things_total: { help: 'Things.', read: () => things } });
    expect(await metrics.metrics()).toBe(
      '# HELP ricochet_things_total Things.\n# TYPE ricochet_things_total counter\nricochet_things_total 3\n',
    );
    things = 5;
    expect(await metrics.metrics()).toContain('ricochet_things_total 5\n');
  });

  it('forget the values of a label that are no more', async () => {
    const metrics = createMetrics();
    let xapps: Record<string, number> = { running: 1, lost: 2 };
    addReadMetrics(metrics, { ricochet_xapps: { help: 'xApps.', by: 'state', read: () => xapps } });
    const values = async (): Promise<string[]> => (await metrics.metrics()).match(/^ricochet.*$/gm) ?? [];
    expect(await values()).toEqual(['ricochet_xapps{state="running"} 1', 'ricochet_xapps{state="lost"} 2']);
    expect(await metrics.metrics()).toContain('# TYPE ricochet_xapps gauge\n');
    xapps = { lost: 1 };
    expect(await values()).toEqual(['ricochet_xapps{state="lost"} 1']);
  });

  it('may have two labels', async () => {
    const metrics = createMetrics();
    const read = () => ({ one: { taken: 1, refused: 2 }, other: { taken: 3 } });
    addReadMetrics(metrics, {
      ricochet_answers_total: { help: 'Answers.', by: ['xapp', 'outcome'], read },
    });
    expect((await metrics.metrics()).match(/^ricochet.*$/gm)).toEqual([
      'ricochet_answers_total{xapp="one",outcome="taken"} 1',
      'ricochet_answers_total{xapp="one",outcome="refused"} 2',
      'ricochet_answers_total{xapp="other",outcome="taken"} 3',
    ]);
  });

  it('show nothing while there is no value', async () => {
    const metrics = createMetrics();
    const pace: { factor?: number } = {};
    addReadMetrics(metrics, { ricochet_real_time_ratio: { help: 'Speed.', read: () => pace.factor } });
    expect(await metrics.metrics()).not.toMatch(/^ricochet/m);
    pace.factor = 0.5;
    expect(await metrics.metrics()).toMatch(/^ricochet_real_time_ratio 0\.5$/m);
  });
});

describe('createMetrics', () => {
  it('keeps two services of one process apart', async () => {
    const [a, b] = [createMetrics(), createMetrics()];
    addReadMetrics(a, { ricochet_things: { help: 'Things.', read: () => 1 } });
    addReadMetrics(b, { ricochet_things: { help: 'Things.', read: () => 2 } });
    new Histogram({ name: 'ricochet_time_seconds', help: 'Time.', registers: [a] }).observe(0.5);
    expect(await a.metrics()).toContain('ricochet_things 1\n');
    expect(await b.metrics()).toContain('ricochet_things 2\n');
    expect(await b.metrics()).not.toContain('ricochet_time_seconds');
  });

  it("tells Node's own metrics to those who want them", async () => {
    expect(await createMetrics().metrics()).not.toContain('nodejs_');
    expect(await createMetrics({ ofNode: true }).metrics()).toContain('nodejs_heap_size_total_bytes');
  });
});
