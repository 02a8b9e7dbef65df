import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

export { Histogram, Registry } from 'prom-client';

export interface MetricsOptions {
  /** Also Node's own: memory, event loop delay, garbage collection. They cost a little, always. */
  readonly ofNode?: boolean;
}

/** The metrics of one service, apart from those of any other in the process. */
export function createMetrics({ ofNode = false }: MetricsOptions = {}): Registry {
  const metrics = new Registry();
  if (ofNode) collectDefaultMetrics({ register: metrics });
  return metrics;
}

/** A metric that the service counts anyway, read whenever the metrics are asked for. */
export type ReadMetric =
  | {
      readonly help: string;
      /** `undefined`: there is no value now. */
      readonly read: () => number | undefined;
    }
  | {
      readonly help: string;
      /** A label; `read` gives a value for each of its values. */
      readonly by: string;
      readonly read: () => Readonly<Record<string, number>>;
    }
  | {
      readonly help: string;
      /** Two labels; `read` gives for each value of the first what it is by the second. */
      readonly by: readonly [string, string];
      readonly read: () => Readonly<Record<string, Readonly<Record<string, number>>>>;
    };

/** Adds metrics by name, `ricochet_<what>_<unit>`; those whose name ends in `_total` are counters, others gauges. */
export function addReadMetrics(metrics: Registry, added: Readonly<Record<string, ReadMetric>>): void {
  for (const [name, read] of Object.entries(added)) {
    const labelNames = 'by' in read ? [read.by].flat() : [];
    const options = { name, help: read.help, labelNames, registers: [metrics] };
    const metric: Counter | Gauge = name.endsWith('_total')
      ? new Counter({ ...options, collect: () => refresh(metric, read) })
      : new Gauge({ ...options, collect: () => refresh(metric, read) });
  }
}

function refresh(metric: Counter | Gauge, read: ReadMetric): void {
  metric.reset();
  if ('by' in read) {
    addValues(metric, read.read(), { names: [read.by].flat(), labels: {} });
    return;
  }
  const value = read.read();
  if (value === undefined) metric.remove();
  else metric.inc(value);
}

/** A number, or numbers by the values of labels, one level a label. */
type Values = number | { readonly [label: string]: Values };

function addValues(
  metric: Counter | Gauge,
  values: Values,
  { names: [name = '', ...names], labels }: { names: readonly string[]; labels: Record<string, string> },
): void {
  if (typeof values === 'number') {
    metric.inc(labels, values);
    return;
  }
  for (const [key, inner] of Object.entries(values)) {
    addValues(metric, inner, { names, labels: { ...labels, [name]: key } });
  }
}
