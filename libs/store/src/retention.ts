import type { DataSource } from 'typeorm';
import { SERIES_LAYOUT, SERIES_NAMES, type SeriesName } from './series.js';

/** How much of one series is kept. */
export interface Retention {
  /** Rows kept at most. */
  readonly maxRows: number;
  /** Wall-clock age at which a row goes, ms. */
  readonly maxAgeMs: number;
}

/** Retention by series; what is left out keeps its default. */
export type RetentionOptions = Partial<Record<SeriesName, Partial<Retention>>>;

const WEEK_MS = 7 * 24 * 3600 * 1000;

/**
 * Kept by default: a week, and at most 200,000 controls and effects (5 minutes at 700/s, some 80 MB) and
 * 500,000 KPI samples (40 minutes at 210/s, some 80 MB), and 200,000 contributions (of 7 DUs in 28,000 rounds).
 */
export const DEFAULT_RETENTION: Readonly<Record<SeriesName, Retention>> = {
  control: { maxRows: 200_000, maxAgeMs: WEEK_MS },
  effect: { maxRows: 200_000, maxAgeMs: WEEK_MS },
  kpi: { maxRows: 500_000, maxAgeMs: WEEK_MS },
  contribution: { maxRows: 200_000, maxAgeMs: WEEK_MS },
};

/** Rows that one step deletes at most: a step takes a millisecond or two. */
const STEP_ROWS = 250;

interface IdRange {
  readonly oldest: number | null;
  readonly newest: number | null;
}

/**
 * Deletes what retention does not keep, from the oldest id on and a little at a time, so that appends never
 * wait long. Ids have no holes behind the oldest, hence the row count is a subtraction.
 */
export class RetentionPruner {
  private readonly retention: Readonly<Record<SeriesName, Retention>>;

  constructor(
    private readonly dataSource: DataSource,
    options: RetentionOptions = {},
  ) {
    this.retention = {
      control: { ...DEFAULT_RETENTION.control, ...options.control },
      effect: { ...DEFAULT_RETENTION.effect, ...options.effect },
      kpi: { ...DEFAULT_RETENTION.kpi, ...options.kpi },
      contribution: { ...DEFAULT_RETENTION.contribution, ...options.contribution },
    };
  }

  /** One step in one series that needs it, at wall clock `nowMs`; `false` when there is nothing left to do. */
  async step(nowMs: number): Promise<boolean> {
    for (const series of SERIES_NAMES) {
      if (await this.stepOf(series, nowMs)) return true;
    }
    return false;
  }

  private async stepOf(series: SeriesName, nowMs: number): Promise<boolean> {
    const { maxRows, maxAgeMs } = this.retention[series];
    const { driver, manager } = this.dataSource;
    const table = driver.escape(SERIES_LAYOUT[series].table);
    const [range] = await manager.query<IdRange[]>(
      `SELECT (SELECT MIN(id) FROM ${table}) AS oldest, (SELECT MAX(id) FROM ${table}) AS newest`,
    );
    if (range === undefined || range.oldest === null || range.newest === null) return false;
    const upTo = range.oldest + STEP_ROWS;
    const overflowBelow = Math.min(upTo, range.newest - maxRows + 1);
    await manager.query(
      `DELETE FROM ${table} WHERE id < ${driver.createParameter('upTo', 0)} AND (id < ${driver.createParameter(
        'overflowBelow',
        1,
      )} OR ${driver.escape('recordedAtMs')} < ${driver.createParameter('cutoff', 2)})`,
      [upTo, overflowBelow, nowMs - maxAgeMs],
    );
    const [after] = await manager.query<{ oldest: number | null }[]>(
      `SELECT MIN(id) AS oldest FROM ${table}`,
    );
    return after?.oldest !== range.oldest;
  }
}
