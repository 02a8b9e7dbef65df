import { addReadMetrics, createMetrics, Histogram, type ReadMetric } from './metrics.js';

const counter = (read: ReadMetric['read']): ReadMetric => ({
  name: 'ricochet_things_total',
  help: 'Things.',
  kind: 'counter',
  read,
});

describe('metrics that are read when asked for', () => {
  it('give the value of that moment, not a sum over the askings', async () => {
    const metrics = createMetrics();
    let things = 3;
    addReadMetrics(metrics, [counter(() => things)]);
    expect(await metrics.metrics()).toBe(
      '# HELP ricochet_things_total Things.\n# TYPE ricochet_things_total counter\nricochet_things_total 3\n',
    );
    things = 5;
    expect(await metrics.metrics()).toContain('ricochet_things_total 5\n');
  });

  it('forget labels that are no more', async () => {
    const metrics = createMetrics();
    let states = ['running', 'lost'];
    addReadMetrics(metrics, [
      {
        name: 'ricochet_xapps',
        help: 'xApps.',
        kind: 'gauge',
        labels: ['state'],
        read: () => states.map((state, i) => ({ labels: { state }, value: i + 1 })),
      },
    ]);
    const values = async (): Promise<string[]> => (await metrics.metrics()).match(/^ricochet.*$/gm) ?? [];
    expect(await values()).toEqual(['ricochet_xapps{state="running"} 1', 'ricochet_xapps{state="lost"} 2']);
    states = ['lost'];
    expect(await values()).toEqual(['ricochet_xapps{state="lost"} 1']);
  });

  it('show nothing while there is no value', async () => {
    const metrics = createMetrics();
    let factor: number | undefined;
    addReadMetrics(metrics, [
      { name: 'ricochet_real_time_factor', help: 'Speed.', kind: 'gauge', read: () => factor },
    ]);
    expect(await metrics.metrics()).not.toMatch(/^ricochet/m);
    factor = 0.5;
    expect(await metrics.metrics()).toMatch(/^ricochet_real_time_factor 0\.5$/m);
  });
});

describe('createMetrics', () => {
  it('keeps two services of one process apart', async () => {
    const [a, b] = [createMetrics(), createMetrics()];
    addReadMetrics(a, [counter(() => 1)]);
    addReadMetrics(b, [counter(() => 2)]);
    new Histogram({ name: 'ricochet_time_seconds', help: 'Time.', registers: [a] }).observe(0.5);
    expect(await a.metrics()).toContain('ricochet_things_total 1\n');
    expect(await b.metrics()).toContain('ricochet_things_total 2\n');
    expect(await b.metrics()).not.toContain('ricochet_time_seconds');
  });

  it("tells Node's own metrics to those who want them", async () => {
    expect(await createMetrics().metrics()).not.toContain('nodejs_');
    expect(await createMetrics({ ofNode: true }).metrics()).toContain('nodejs_heap_size_total_bytes');
  });
});
