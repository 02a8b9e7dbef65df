import { type Bus } from '@ricochet/bus';
import { type XAppMetric } from '@ricochet/contracts';
import { createMetrics, type Health } from '@ricochet/platform';
import { type OperatorLog } from '../status/operator-log.service.js';
import { XAppMetricsService } from './xapp-metrics.service.js';
import { type XAppRegistry } from './xapp-registry.service.js';

describe('metrics of xApps', () => {
  const metrics = createMetrics();
  const lines: string[] = [];
  const xapps = [
    { name: 'a', instance: 'life-2', state: 'running' },
    { name: 'b', instance: 'life-1', state: 'running' },
  ];
  let hear: (message: { instance: string; metrics: XAppMetric[] }, subject: string) => void;
  const counter = (value: number): XAppMetric => ({
    kind: 'counter',
    name: 'decisions_total',
    help: 'D',
    value,
  });
  const shown = async (): Promise<string[]> => (await metrics.metrics()).match(/^xapp_.*$/gm) ?? [];

  beforeAll(() => {
    const bus = { subscribe: (_: unknown, handler: typeof hear) => void (hear = handler) };
    const registry = { find: (name: string) => xapps.find((xapp) => xapp.name === name) };
    const service = new XAppMetricsService(
      bus as unknown as Bus,
      registry as unknown as XAppRegistry,
      { warn: (line: string) => lines.push(line) } as unknown as OperatorLog,
      { metrics } as unknown as Health,
    );
    service.onApplicationBootstrap();
    service.onApplicationShutdown();
  });

  it('are those of the lives that serve', async () => {
    hear({ instance: 'life-1', metrics: [counter(7)] }, 'ric.xapp.a.metrics');
    hear({ instance: 'life-2', metrics: [counter(1)] }, 'ric.xapp.a.metrics');
    hear({ instance: 'life-1', metrics: [counter(5)] }, 'ric.xapp.stranger.metrics');
    expect(await shown()).toEqual(['xapp_decisions_total{xapp="a"} 1']);
  });

  it('are told of once when they can not be shown', async () => {
    const gauge: XAppMetric = { kind: 'gauge', name: 'decisions_total', help: 'D', value: 2 };
    for (let n = 0; n < 2; n++) hear({ instance: 'life-1', metrics: [gauge] }, 'ric.xapp.b.metrics');
    expect(await shown()).toEqual(['xapp_decisions_total{xapp="a"} 1']);
    expect(lines).toEqual([
      'metric decisions_total of xApp b is not shown: another xApp has it as another kind',
    ]);
  });
});
