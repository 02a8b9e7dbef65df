import Database from 'better-sqlite3';
import { Bus, EmbeddedNats } from '@ricochet/bus';
import { xAppIndication, type XAppIndication } from '@ricochet/contracts';
import { fixture, Ricochet, type Run } from './support/ricochet.js';

const [DU_1, DU_2, DU_3] = [1, 2, 3].map((du) => `gnb-001-01-1-du-${du}`) as [string, string, string];
const TIMEOUT_MS = 600_000;

/** 100 ms of the three subscriptions to each DU: UEs every 10 ms, and slices every 100 ms for an xApp and the RIC. */
const REPORTS = 10 + 1 + 1;

describe('faults of E2 in lockstep', () => {
  const ricochet = new Ricochet();
  /** What the xApps were handed in the first run. */
  const handed: XAppIndication[] = [];
  let run: Run;
  let again: Run;

  beforeAll(async () => {
    const nats = await EmbeddedNats.start();
    const bus = await Bus.connect({ url: nats.url, name: 'test', onTrouble: () => undefined });
    for (const xapp of ['slice-quota', 'slice-scheduler']) {
      bus.subscribe(xAppIndication(xapp, '*'), (indication) => void handed.push(indication));
    }
    await bus.flush();
    const scenario = fixture('e2-faults.yaml');
    run = await ricochet.runScenario(scenario, 'first', '--nats', nats.url);
    await bus.flush();
    await bus.close();
    await nats.stop();
    again = await ricochet.runScenario(scenario, 'again');
  }, TIMEOUT_MS);
  afterAll(() => ricochet.dispose());

  const ofNode = (nodeId: string) => handed.filter(({ report }) => report.nodeId === nodeId);
  const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

  it('are the same each time', () => {
    expect(again.summary.kpiHash).toBe(run.summary.kpiHash);
    expect(again.summary.counts).toEqual(run.summary.counts);
  });

  it('show in the counts of the run', () => {
    const { counts } = run.summary;
    // A control of weights after each report of UEs, and one of quotas after each of slices.
    expect(counts.controlsFailed).toBe(10 + 1);
    expect(run.ric).toMatchObject({
      duplicates: REPORTS,
      // Of reports swapped in pairs one each, those of slices with the next; of delayed ones the last two.
      late: 5 + 2 + 2,
      controlsFailed: 10 + 1,
      controlsTimedOut: 2,
      invalidMessages: 0,
    });
    expect(run.ric.indications + run.ric.duplicates + run.ric.late).toBe(counts.indications);
    expect(run.ric.effectsIneffective).toBeGreaterThanOrEqual(10);
    expect(counts.controlsApplied + 10 + 1).toBe(run.ric.controlsAcknowledged);
    expect(run.result.stdout).toContain(`${run.ric.missed} indications missed, 12 duplicates, 9 late`);
  });

  it('reach xApps as gaps, and every other report once and in order', () => {
    const missedBy = { ues: 0, slices: 0 };
    for (const nodeId of [DU_1, DU_2, DU_3]) {
      for (const [subscription, periodMs] of [
        ['ues', 10],
        ['slices', 100],
      ] as const) {
        const reports = ofNode(nodeId).filter((each) => each.subscription === subscription);
        const times = reports.map(({ report }) => report.timeMs);
        expect(times[0]).toBe(periodMs);
        expect(times.at(-1)).toBe(1_600);
        const gaps = times.map((timeMs, at) => (timeMs - (times[at - 1] ?? 0)) / periodMs - 1);
        expect(reports.map(({ missed }) => missed)).toEqual(gaps);
        missedBy[subscription] += sumOf(gaps);
      }
    }
    // The RIC has the slices reported for itself, too.
    expect(run.ric.missed).toBe(missedBy.ues + 2 * missedBy.slices);
    expect(ofNode(DU_2).every(({ missed }) => missed === 0)).toBe(true);
    const missedOf = (nodeId: string) => sumOf(ofNode(nodeId).map(({ missed }) => missed));
    // Those lost, and those that others came before.
    expect(missedOf(DU_1)).toBe(10 + 1 + (5 + 1) + 2);
    expect(missedOf(DU_3)).toBeGreaterThanOrEqual(20 + 2);
  });

  it('tell why controls failed or had no effect, and what became of reports', () => {
    const log = run.file('logs/near-rt-ric.log');
    expect(log).toContain(
      'ue-weights of slice-scheduler at gnb-001-01-1-du-2 failed: RICcontrol: ricRequest/',
    );
    expect(log).toContain('system-not-ready: not now');
    expect(log).toContain('du-1: the ue report of 10 ms up to 610 ms is a duplicate: dropped');
    expect(log).toMatch(/du-1: the ue report of 10 ms up to 9\d0 ms is late: dropped/);
    const db = new Database(`${run.folder}/ric.sqlite`, { readonly: true });
    const reasons = db
      .prepare(
        'SELECT reason FROM control JOIN control_effect USING (controlId) ' +
          'WHERE nodeId = ? AND NOT effective AND simTimeMs BETWEEN 310 AND 400',
      )
      .pluck()
      .all(DU_2) as string[];
    db.close();
    expect(reasons.filter((reason) => reason.includes('another weight in force')).length).toBeGreaterThan(5);
    expect(reasons.filter((reason) => reason.includes('% in force, asked')).length).toBeGreaterThan(0);
  });

  it('give UEs ids that they never had, by which they are controlled', () => {
    const idsOf = (fromMs: number, untilMs: number): Set<number> => {
      const reports = ofNode(DU_3).map(({ report }) => report);
      const inTime = reports.filter(
        ({ timeMs, level }) => level === 'ue' && timeMs > fromMs && timeMs <= untilMs,
      );
      return new Set(inTime.flatMap(({ rows }) => rows.map(({ ueId }) => ueId ?? -1)));
    };
    const lives = [idsOf(0, 300), idsOf(300, 1_200), idsOf(1_200, 1_600)];
    for (const ids of lives) expect(ids.size).toBeGreaterThanOrEqual(6);
    expect(new Set(lives.flatMap((ids) => [...ids])).size).toBe(sumOf(lives.map(({ size }) => size)));

    const db = new Database(`${run.folder}/ric.sqlite`, { readonly: true });
    const effective = db
      .prepare(
        "SELECT COUNT(*) FROM control JOIN control_effect USING (controlId) WHERE kind = 'ue-weights' " +
          'AND nodeId = ? AND effective AND simTimeMs > 1200',
      )
      .pluck()
      .get(DU_3);
    db.close();
    expect(effective).toBeGreaterThan(30);
  });
});
