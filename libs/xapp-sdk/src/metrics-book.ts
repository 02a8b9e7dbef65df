import { MAX_XAPP_METRICS, type XAppMetric } from '@ricochet/contracts';

const NAME = /^[a-z][a-z0-9_]{0,62}$/;
const DEFAULT_BOUNDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

export interface Counter {
  /** @param by not negative; 1 when absent */
  inc(by?: number): void;
}
export interface Gauge {
  set(value: number): void;
}
export interface Histogram {
  observe(value: number): void;
}

/** Metrics of an xApp, by name; the RIC shows them as `xapp_<name>` with the label `xapp`. */
export interface Metrics {
  /** @throws RangeError for a bad name, another kind by that name, or too many; so do the others */
  counter(name: string, help: string): Counter;
  gauge(name: string, help: string): Gauge;
  /** @param bounds upper bounds of its buckets */
  histogram(name: string, help: string, bounds?: readonly number[]): Histogram;
}

type Of<K extends XAppMetric['kind']> = Extract<XAppMetric, { kind: K }>;

/** Keeps an xApp's metrics, a bounded number. */
export class MetricsBook implements Metrics {
  private readonly metrics = new Map<string, XAppMetric>();

  counter(name: string, help: string): Counter {
    const counter = this.enter<'counter'>({ kind: 'counter', name, help, value: 0 });
    return {
      inc(by = 1) {
        if (!(by >= 0)) throw new RangeError(`counter ${name}: can not grow by ${by}`);
        counter.value += by;
      },
    };
  }

  gauge(name: string, help: string): Gauge {
    const gauge = this.enter<'gauge'>({ kind: 'gauge', name, help, value: 0 });
    return { set: (value) => void (gauge.value = value) };
  }

  histogram(name: string, help: string, bounds: readonly number[] = DEFAULT_BOUNDS): Histogram {
    const ascending = [...new Set(bounds)].sort((a, b) => a - b);
    const counts = Array<number>(ascending.length + 1).fill(0);
    const histogram = this.enter<'histogram'>({
      ...{ kind: 'histogram', name, help, sum: 0 },
      bounds: ascending,
      counts,
    });
    return {
      observe(value) {
        if (!Number.isFinite(value)) return;
        const bucket = histogram.bounds.findIndex((bound) => value <= bound);
        const at = bucket < 0 ? histogram.bounds.length : bucket;
        histogram.counts[at] = (histogram.counts[at] ?? 0) + 1;
        histogram.sum += value;
      },
    };
  }

  /** As they stand, but for gauges that have no finite value. */
  all(): XAppMetric[] {
    return [...this.metrics.values()].filter((m) => m.kind !== 'gauge' || Number.isFinite(m.value));
  }

  private enter<K extends XAppMetric['kind']>(metric: Of<K>): Of<K> {
    const known = this.metrics.get(metric.name);
    if (known?.kind === metric.kind) return known as Of<K>;
    const fault =
      known !== undefined
        ? `is a ${known.kind} already`
        : !NAME.test(metric.name)
          ? 'expected lower-case letters, digits and _'
          : this.metrics.size >= MAX_XAPP_METRICS
            ? `an xApp may have ${MAX_XAPP_METRICS}`
            : undefined;
    if (fault !== undefined) throw new RangeError(`metric ${metric.name}: ${fault}`);
    this.metrics.set(metric.name, metric);
    return metric;
  }
}
