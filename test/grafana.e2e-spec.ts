import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly datasource: { readonly uid: string };
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly targets?: readonly Target[];
}

interface Board {
  readonly uid: string;
  readonly schemaVersion: number;
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
  readonly panels: readonly Panel[];
}

const COLUMNS = 24;

const board = JSON.parse(readFileSync('deploy/grafana/boards/ricochet.json', 'utf8')) as Board;
const { panels } = board;
const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** Labels by metric: those of the documents, which test/health.e2e-spec.ts holds to what the services expose. */
const documented = new Map(
  [
    ...readFileSync('docs/observability.md', 'utf8').matchAll(/^\| `(ricochet_\w+)`\s*\|([^|]*)\|(.*)$/gm),
  ].map(([, name = '', labels = '', meaning = '']) => [
    name,
    {
      labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label),
      isHistogram: /^ histogram/.test(meaning),
    },
  ]),
);

/** Metrics and the labels that each is selected by. */
function metricsOf(expression: string): { readonly name: string; readonly labels: readonly string[] }[] {
  return [...expression.matchAll(/(ricochet_\w+)(?:\{([^}]*)\})?/g)].map(([, name = '', selectors = '']) => ({
    name,
    labels: [...selectors.matchAll(/(\w+)\s*[!=]~?/g)].map(([, label = '']) => label),
  }));
}

describe("Grafana's board", () => {
  it('is one: panels in a grid, told apart, each with something to show', () => {
    expect(board).toMatchObject({ uid: 'ricochet', title: 'Ricochet', schemaVersion: expect.any(Number) });
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    for (const { type, title, gridPos, targets = [] } of panels) {
      expect([title, ['row', 'stat', 'timeseries'].includes(type)]).toEqual([title, true]);
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(COLUMNS);
      expect([title, targets.length > 0]).toEqual([title, type !== 'row']);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    }
  });

  it('has no panel that covers another', () => {
    const covered = panels.flatMap(({ title, gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${title} at ${x + (i % w)}, ${y + Math.floor(i / w)}`),
    );
    const places = covered.map((text) => text.slice(text.lastIndexOf(' at ')));
    expect(new Set(places).size).toBe(places.length);
  });

  it.each(expressions)('asks for what services expose: %s', (expression) => {
    expect(expression.split('(').length).toBe(expression.split(')').length);
    const metrics = metricsOf(expression);
    expect(metrics).not.toEqual([]);
    for (const { name, labels } of metrics) {
      const known = documented.get(name) ?? documented.get(name.replace(/_(bucket|sum|count)$/, ''));
      expect([name, known]).not.toEqual([name, undefined]);
      expect([name, known?.isHistogram]).toEqual([name, name.endsWith('_bucket')]);
      const grouped = [...expression.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) =>
        list.split(/,\s*/),
      );
      const ofMetric = [...(known?.labels ?? []), ...(name.endsWith('_bucket') ? ['le'] : [])];
      expect(ofMetric).toEqual(expect.arrayContaining([...labels, ...grouped]));
    }
    // A counter alone tells when the service began.
    for (const [, before = '', name = ''] of expression.matchAll(/(rate\(|increase\()?\b(ricochet_\w+)/g)) {
      if (/_(reconnects|restarts|rollbacks)_total$/.test(name)) continue;
      expect([name, before !== '']).toEqual([name, /_(total|bucket)$/.test(name)]);
    }
  });

  it('shows what the page shows', () => {
    for (const name of [
      'sla_met_periods',
      'quota_min',
      'prb_used',
      'delay_p99',
      'offered_bits',
      'delivered_bits',
    ]) {
      expect(expressions.join()).toContain(`ricochet_sim_slice_${name}`);
    }
    for (const name of [
      'ricochet_sim_loop_latency_seconds',
      'ricochet_ric_xapp_controls_total',
      'ricochet_ric_xapp_control_effects_total',
      'ricochet_learning_rounds_total',
      'ricochet_learning_weight',
      'ricochet_ric_e2_nodes',
      'ricochet_ric_e2_peers_refused_total',
      'ricochet_nats_up',
    ]) {
      expect(expressions.join()).toContain(name);
    }
  });

  it('asks the Prometheus that is chosen at its top, for values that there are', () => {
    const targets = panels.flatMap((panel) => panel.targets ?? []);
    expect(new Set(targets.map(({ datasource }) => datasource.uid))).toEqual(new Set(['${datasource}']));
    expect(board.templating.list.map(({ name }) => name)).toEqual(['datasource', 'node', 'slice']);
    for (const { definition = '', name } of board.templating.list.slice(1)) {
      const metric = metricsOf(definition)[0]?.name ?? '';
      expect(documented.get(metric)?.labels).toContain(name);
    }
  });
});

describe('what Prometheus and Grafana are told', () => {
  const compose = parse(readFileSync('deploy/compose.yaml', 'utf8'), { merge: true }) as {
    readonly services: Readonly<
      Record<string, { readonly build?: unknown; readonly volumes?: readonly string[] }>
    >;
  };

  it('is to ask each of our services, and each once', () => {
    const { scrape_configs: jobs } = parse(readFileSync('deploy/prometheus.yaml', 'utf8')) as {
      readonly scrape_configs: readonly {
        readonly job_name: string;
        readonly static_configs: readonly { readonly targets: readonly string[] }[];
      }[];
    };
    const ours = Object.entries(compose.services).filter(([, { build }]) => build !== undefined);
    expect(jobs.map(({ job_name }) => job_name).sort()).toEqual(ours.map(([name]) => name).sort());
    for (const { job_name, static_configs } of jobs) {
      expect(static_configs).toEqual([{ targets: [`${job_name}:8080`] }]);
    }
  });

  it('has Grafana find its board and its Prometheus', () => {
    const provisioning = (name: string): unknown =>
      parse(readFileSync(`deploy/grafana/provisioning/${name}.yaml`, 'utf8'));
    expect(provisioning('dashboards/boards')).toMatchObject({
      providers: [{ options: { path: '/etc/grafana/boards' } }],
    });
    expect(provisioning('datasources/prometheus')).toMatchObject({
      datasources: [{ type: 'prometheus', url: 'http://prometheus:9090', isDefault: true }],
    });
    expect(compose.services['grafana']?.volumes).toContain('./grafana/boards:/etc/grafana/boards:ro');
  });
});
