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

/** A value of a metric with labels. */
export interface LabelledValue {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric that the service counts anyway, read whenever the metrics are asked for. */
export interface ReadMetric {
  /** `ricochet_<what>_<unit>`; a counter's ends in `_total`. */
  readonly name: string;
  readonly help: string;
  readonly kind: 'counter' | 'gauge';
  readonly labels?: readonly string[];
  /** `undefined`: there is no value now. */
  readonly read: () => number | readonly LabelledValue[] | undefined;
}

/** Adds metrics that are read when asked for. */
export function addReadMetrics(metrics: Registry, added: readonly ReadMetric[]): void {
  for (const { name, help, kind, labels = [], read } of added) {
    const options = { name, help, labelNames: labels, registers: [metrics] };
    const metric: Counter | Gauge =
      kind === 'counter'
        ? new Counter({ ...options, collect: () => refresh() })
        : new Gauge({ ...options, collect: () => refresh() });
    const refresh = (): void => {
      metric.reset();
      const now = read();
      if (now === undefined) metric.remove();
      else if (typeof now === 'number') metric.inc(now);
      else for (const { labels: of, value } of now) metric.inc(of, value);
    };
  }
}
