import { onBothDatabases } from './databases.fixture.js';
import {
  SERIES_LAYOUT,
  SERIES_NAMES,
  batchesOf,
  conflictRow,
  contributionRow,
  controlRow,
  effectRow,
  kpiRow,
} from './series.js';
import { conflictOf, contributionOf, controlOf, effectOf, kpiOf } from './store.fixture.js';

describe('series layout', () => {
  onBothDatabases(({ open }) => {
    it('names the columns of the entities, all but the id', async () => {
      const database = await open();
      for (const series of SERIES_NAMES) {
        const { table, columns } = SERIES_LAYOUT[series];
        const mapped = database.dataSource.entityMetadatas.find(
          ({ tableName }) => tableName === table,
        )?.columns;
        expect(mapped?.map((column) => column.databaseName)).toEqual(['id', ...columns]);
      }
    });
  });

  it('gives every row one value a column', () => {
    for (const row of [
      controlRow(controlOf(1), 5),
      effectRow(effectOf(1), 5),
      conflictRow(conflictOf(1), 5),
      kpiRow(kpiOf(1), 5),
      contributionRow(contributionOf(1), 5),
    ]) {
      expect(row.values).toHaveLength(SERIES_LAYOUT[row.series].columns.length);
      expect(row.values.at(-1)).toBe(5);
    }
  });

  it('sorts mixed rows into one batch a series and keeps their order', () => {
    const rows = [controlRow(controlOf(1), 5), kpiRow(kpiOf(1), 5), controlRow(controlOf(2), 6)];
    expect(batchesOf(rows)).toEqual([
      { series: 'control', values: [...(rows[0]?.values ?? []), ...(rows[2]?.values ?? [])] },
      { series: 'kpi', values: rows[1]?.values },
    ]);
    expect(batchesOf([])).toEqual([]);
  });
});
