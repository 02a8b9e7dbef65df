import type { DataSource, Repository } from 'typeorm';
import { RunEntity } from '../entities/run.entity.js';
import type { RunEnd, RunStart, StoredRun } from '../records.js';
import { StoreError } from '../store.error.js';

/** Runs from their start to their end, also when the end was a crash. */
export class RunRepository {
  private readonly runs: Repository<RunEntity>;

  constructor(
    dataSource: DataSource,
    private readonly place: string,
  ) {
    this.runs = dataSource.getRepository(RunEntity);
  }

  /** Gives the new run's id. */
  async start(run: RunStart): Promise<number> {
    const { identifiers } = await this.runs.insert({ ...run, state: 'running' });
    return (identifiers[0] as { runId: number }).runId;
  }

  /** @throws {StoreError} `STORE_BAD_RECORD` when there is no such run. */
  async finish(runId: number, end: RunEnd): Promise<void> {
    const { affected } = await this.runs.update({ runId }, end);
    if (affected === 0) {
      throw new StoreError('STORE_BAD_RECORD', `store ${this.place}: there is no run ${runId} to finish`);
    }
  }

  /** Marks the runs that the last process left open. */
  async markInterrupted(): Promise<void> {
    await this.runs.update({ state: 'running' }, { state: 'interrupted' });
  }

  /** Newest first. */
  async find(): Promise<StoredRun[]> {
    const runs = await this.runs.find({ order: { runId: 'DESC' } });
    return runs.map(({ summary, endedAtMs, ...run }) => ({
      ...run,
      ...(summary !== null && { summary }),
      ...(endedAtMs !== null && { endedAtMs }),
    }));
  }
}
