import type { DataSource } from 'typeorm';
import { dialectOf, SQLITE } from './dialect.js';
import type { ModelRetention } from './model-retention.js';
import { SERIES_LAYOUT, SERIES_NAMES, type SeriesName } from './series.js';

/** How much of one series is kept. */
export interface Retention {
  /** Rows kept at most. */
  readonly maxRows: number;
  /** Wall-clock age at which a row goes, ms. */
  readonly maxAgeMs: number;
}

/** Retention by series, and of models; what is left out keeps its default. */
export interface RetentionOptions extends Partial<Record<SeriesName, Partial<Retention>>> {
  readonly model?: Partial<ModelRetention> | undefined;
}

const WEEK_MS = 7 * 24 * 3600 * 1000;

/**
 * Kept by default: a week, and at most 200,000 controls, effects and conflicts (5 minutes at 700/s, some 80 MB) and
 * 500,000 KPI samples (40 minutes at 210/s, some 80 MB), and 200,000 contributions (of 7 DUs in 28,000 rounds).
 */
export const DEFAULT_RETENTION: Readonly<Record<SeriesName, Retention>> = {
  control: { maxRows: 200_000, maxAgeMs: WEEK_MS },
  effect: { maxRows: 200_000, maxAgeMs: WEEK_MS },
  conflict: { maxRows: 200_000, maxAgeMs: WEEK_MS },
  kpi: { maxRows: 500_000, maxAgeMs: WEEK_MS },
  contribution: { maxRows: 200_000, maxAgeMs: WEEK_MS },
};

/** Rows that one step deletes at most: a step takes a millisecond or two. */
const STEP_ROWS = 250;

interface IdRange {
  readonly oldest: number;
  readonly newest: number;
}

/**
 * Deletes what retention does not keep, from the oldest id on and a little at a time, so that appends never
 * wait long.
 */
export class RetentionPruner {
  private readonly retention: Readonly<Record<SeriesName, Retention>>;
  private readonly overflow = new Map<SeriesName, { readonly newest: number; readonly below: number }>();

  constructor(
    private readonly dataSource: DataSource,
    options: RetentionOptions = {},
  ) {
    this.retention = {
      control: { ...DEFAULT_RETENTION.control, ...options.control },
      effect: { ...DEFAULT_RETENTION.effect, ...options.effect },
      conflict: { ...DEFAULT_RETENTION.conflict, ...options.conflict },
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
    const { maxAgeMs } = this.retention[series];
    const { driver, manager } = this.dataSource;
    const before = await this.idRange(series);
    if (before === undefined) return false;
    const upTo = before.oldest + STEP_ROWS;
    const overflowBelow = Math.min(upTo, await this.overflowBelow(series, before));
    const [first, second, third] = [0, 1, 2].map((n) => driver.createParameter(`p${n}`, n));
    await manager.query(
      `DELETE FROM ${this.tableOf(series)}
       WHERE id < ${first} AND (id < ${second} OR ${driver.escape('recordedAtMs')} < ${third})`,
      [upTo, overflowBelow, nowMs - maxAgeMs],
    );
    return (await this.idRange(series))?.oldest !== before.oldest;
  }

  /** Rows with lower ids are more than are kept. */
  private async overflowBelow(series: SeriesName, { oldest, newest }: IdRange): Promise<number> {
    const { maxRows } = this.retention[series];
    const withoutHoles = newest - maxRows + 1;
    // What is rolled back leaves no holes in SQLite's ids, hence the row count is a subtraction.
    if (dialectOf(this.dataSource) === SQLITE || withoutHoles <= oldest) return withoutHoles;
    // In PostgreSQL's it does: counted for real, which takes a while, hence once for a hundredth of the rows.
    const known = this.overflow.get(series);
    if (known !== undefined && newest - known.newest < maxRows / 100) return known.below;
    const [overflow] = await this.dataSource.manager.query<{ id: number }[]>(
      `SELECT id FROM ${this.tableOf(series)} ORDER BY id DESC LIMIT 1 OFFSET ${maxRows}`,
    );
    const below = overflow === undefined ? oldest : overflow.id + 1;
    this.overflow.set(series, { newest, below });
    return below;
  }

  private async idRange(series: SeriesName): Promise<IdRange | undefined> {
    const table = this.tableOf(series);
    const [range] = await this.dataSource.manager.query<Partial<Record<keyof IdRange, number | null>>[]>(
      `SELECT (SELECT MIN(id) FROM ${table}) AS oldest, (SELECT MAX(id) FROM ${table}) AS newest`,
    );
    const { oldest, newest } = range ?? {};
    return typeof oldest === 'number' && typeof newest === 'number' ? { oldest, newest } : undefined;
  }

  private tableOf(series: SeriesName): string {
    return this.dataSource.driver.escape(SERIES_LAYOUT[series].table);
  }
}
