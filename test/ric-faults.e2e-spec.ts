import { Bus, EmbeddedNats } from '@ricochet/bus';
import { ricFaults, xAppIndication, type RicFaults, type XAppIndication } from '@ricochet/contracts';
import { fixture, Ricochet, type Run } from './support/ricochet.js';

const NODES = ['gnb-001-01-1-du-1', 'gnb-001-01-1-du-2'];
const SCENARIO = fixture('ric-faults.yaml');
/** Three runs. */
const TIMEOUT_MS = 600_000;

const NONE: RicFaults = { cutOff: [], a1Out: false };
const A1_OUT: RicFaults = { cutOff: [], a1Out: true };

describe('faults inside the RIC in lockstep', () => {
  const ricochet = new Ricochet();
  /** What xApps were handed in the first run. */
  let handed: [xapp: string, XAppIndication][];
  /** What the simulator told the RIC, in the first run and in one that ends in the outage of A1. */
  let told: RicFaults[];
  let toldInCut: RicFaults[];
  let run: Run;
  let again: Run;

  beforeAll(async () => {
    const nats = await EmbeddedNats.start();
    const bus = await Bus.connect({ url: nats.url, name: 'test', onTrouble: () => undefined });
    const allHanded: typeof handed = [];
    const allTold: RicFaults[] = [];
    for (const xapp of ['slice-quota', 'slice-scheduler']) {
      bus.subscribe(xAppIndication(xapp, '*'), (indication) => void allHanded.push([xapp, indication]));
    }
    bus.subscribe(
      { subject: ricFaults.subject, schema: ricFaults.request },
      (each) => void allTold.push(each),
    );
    await bus.flush();
    run = await ricochet.runScenario(SCENARIO, 'first', '--nats', nats.url);
    await bus.flush();
    [handed, told] = [allHanded.splice(0), allTold.splice(0)];
    await ricochet.runScenario(SCENARIO, 'cut', '--nats', nats.url, '--until', '1200ms');
    await bus.flush();
    toldInCut = allTold;
    await bus.close();
    await nats.stop();
    again = await ricochet.runScenario(SCENARIO, 'again');
  }, TIMEOUT_MS);
  afterAll(() => ricochet.dispose());

  /** `<xApp> <subscription> <DU>: <reports missed> before <time>`, for every gap. */
  const gaps = (): string[] =>
    handed
      .filter(([, { missed }]) => missed > 0)
      .map(
        ([xapp, { subscription, missed, report }]) =>
          `${xapp} ${subscription} ${report.nodeId}: ${missed} before ${report.timeMs}`,
      )
      .sort();

  /** Of the agents' rounds; times of samples, ms. */
  const roundTimes = (): number[] => {
    const lines = run.file('learning.csv').trim().split('\n').slice(1);
    return [...new Set(lines.map((line) => Number(line.split(',')[0])))];
  };

  /** Of the slices of a DU in a sample. */
  const sharesOf = (nodeId: string, atMs: number): string[] =>
    run.kpis
      .filter(({ node, timeMs }) => node === nodeId && Number(timeMs) === atMs)
      .map(({ slice, minRatio }) => `${slice} ${minRatio}`);

  it('are the same each time', () => {
    expect(again.summary.kpiHash).toBe(run.summary.kpiHash);
    expect(again.summary.counts).toEqual(run.summary.counts);
  });

  it('are told when they begin and end, and are over with the run', () => {
    const cutOff: RicFaults = { cutOff: ['slice-quota'], a1Out: false };
    expect(told).toEqual([NONE, cutOff, NONE, A1_OUT, NONE, { cutOff: 'all', a1Out: false }, NONE]);
    expect(toldInCut).toEqual([NONE, cutOff, NONE, A1_OUT, NONE]);
  });

  it('keep reports from xApps that are cut off, which hear afterwards how many, and nobody else misses any', () => {
    const expected = NODES.flatMap((nodeId) => [
      `slice-quota slices ${nodeId}: 3 before 800`,
      `slice-quota slices ${nodeId}: 1 before 1900`,
      `slice-scheduler quotas ${nodeId}: 1 before 1900`,
      `slice-scheduler ues ${nodeId}: 10 before 1810`,
    ]);
    expect(gaps()).toEqual(expected.sort());
    expect(run.ric.missed).toBe(0);
  });

  it.each(NODES)('leave shares of %s as they are, until their xApp is reached again', (nodeId) => {
    const shares = sharesOf(nodeId, 500);
    expect(shares).toHaveLength(3);
    for (const timeMs of [600, 700, 800]) expect(sharesOf(nodeId, timeMs)).toEqual(shares);
    expect(sharesOf(nodeId, 900)).not.toEqual(shares);
  });

  it('let nobody learn while A1 is out', () => {
    const times = roundTimes();
    expect(times.filter((timeMs) => timeMs > 900 && timeMs < 1_500)).toEqual([]);
    // Otherwise one would be among them.
    expect(times.filter((timeMs) => timeMs <= 900).length).toBeGreaterThanOrEqual(2);
    expect(times.some((timeMs) => timeMs >= 1_500)).toBe(true);
  });
});
