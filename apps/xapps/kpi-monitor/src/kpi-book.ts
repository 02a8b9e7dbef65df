/** One measured value. */
export interface Sample {
  readonly timeMs: number;
  readonly value: number;
}

/** Where values come from: a node, and one of its slices unless it is about the whole cell. */
export interface Place {
  readonly nodeId: string;
  /** `cell`, or an S-NSSAI. */
  readonly scope: string;
}

/** The latest values of every node and slice, by KPI, and those before them. */
export class KpiBook {
  /** By place, then by KPI; oldest first. */
  private readonly series = new Map<string, { place: Place; byKpi: Map<string, Sample[]> }>();

  enter(place: Place, kpi: string, { sample, length }: { sample: Sample; length: number }): void {
    const key = placeKey(place);
    const known = this.series.get(key) ?? { place, byKpi: new Map<string, Sample[]>() };
    this.series.set(key, known);
    const samples = known.byKpi.get(kpi) ?? [];
    samples.push(sample);
    samples.splice(0, samples.length - length);
    known.byKpi.set(kpi, samples);
  }

  places(): Place[] {
    return [...this.series.values()].map(({ place }) => place);
  }

  /** Of a place, by KPI: its latest values. */
  latest(place: Place): Record<string, number> {
    const entries = [...this.kpis(place)].flatMap(([kpi, samples]) => {
      const last = samples.at(-1);
      return last === undefined ? [] : [[kpi, last.value] as const];
    });
    return Object.fromEntries(entries);
  }

  /** Of a place, by KPI: its values with their times, oldest first. */
  history(place: Place): Record<string, [number, number][]> {
    return Object.fromEntries(
      [...this.kpis(place)].map(([kpi, samples]) => [
        kpi,
        samples.map(({ timeMs, value }): [number, number] => [timeMs, value]),
      ]),
    );
  }

  private kpis(place: Place): ReadonlyMap<string, readonly Sample[]> {
    return this.series.get(placeKey(place))?.byKpi ?? new Map();
  }
}

/** A key for shared data, too. */
export function placeKey({ nodeId, scope }: Place): string {
  return `${nodeId}/${scope}`;
}
