import { type Metric, type Registry } from 'prom-client';

/** A metric as somebody else counts it; a histogram's counts are by bucket, one more than bounds. */
export type ToldMetric =
  | {
      readonly kind: 'counter' | 'gauge';
      readonly name: string;
      readonly help: string;
      readonly value: number;
    }
  | {
      readonly kind: 'histogram';
      readonly name: string;
      readonly help: string;
      readonly bounds: readonly number[];
      readonly counts: readonly number[];
      readonly sum: number;
    };

interface Sample {
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

interface Family {
  readonly kind: ToldMetric['kind'];
  readonly bySource: Map<string, ToldMetric>;
}

/** Metrics that other processes tell, each with a label for who told it. */
export class ToldMetrics {
  private readonly families = new Map<string, Family>();

  /** @param options.prefix of their names @param options.label what tells the sources apart */
  constructor(
    private readonly metrics: Registry,
    private readonly options: { readonly prefix: string; readonly label: string },
  ) {}

  /**
   * All that a source has to tell, in place of what it told before.
   * @returns names of those that are not shown, as another source has them as another kind
   */
  take(source: string, told: readonly ToldMetric[]): string[] {
    this.forget(source);
    const refused: string[] = [];
    for (const metric of told) {
      let family = this.families.get(metric.name);
      if (family === undefined) family = this.add(metric);
      if (family.kind === metric.kind) family.bySource.set(source, metric);
      else refused.push(metric.name);
    }
    this.removeEmpty();
    return refused;
  }

  /** A source is no more. */
  drop(source: string): void {
    this.forget(source);
    this.removeEmpty();
  }

  private forget(source: string): void {
    for (const { bySource } of this.families.values()) bySource.delete(source);
  }

  private removeEmpty(): void {
    for (const [name, { bySource }] of this.families) {
      if (bySource.size > 0) continue;
      this.families.delete(name);
      this.metrics.removeSingleMetric(this.options.prefix + name);
    }
  }

  private add({ name, kind, help }: ToldMetric): Family {
    const family: Family = { kind, bySource: new Map() };
    this.families.set(name, family);
    const shown = this.options.prefix + name;
    const get = () => ({
      name: shown,
      help,
      type: kind,
      aggregator: 'sum',
      values: this.samplesOf(shown, family),
    });
    // All that the registry asks of a metric of its own.
    this.metrics.registerMetric({ name: shown, help, type: kind, get } as unknown as Metric);
    return family;
  }

  private samplesOf(name: string, { bySource }: Family): Sample[] {
    return [...bySource].flatMap(([source, metric]): Sample[] => {
      const labels = { [this.options.label]: source };
      if (metric.kind !== 'histogram') return [{ labels, value: metric.value }];
      const { bounds, counts, sum } = metric;
      let below = 0;
      const buckets = counts.map((count, i) => {
        below += count;
        return { metricName: `${name}_bucket`, labels: { ...labels, le: bounds[i] ?? '+Inf' }, value: below };
      });
      return [
        ...buckets,
        { metricName: `${name}_sum`, labels, value: sum },
        { metricName: `${name}_count`, labels, value: below },
      ];
    });
  }
}
