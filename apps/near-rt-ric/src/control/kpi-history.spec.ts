import { readFileSync } from 'node:fs';
import { KpiHistory, type KpiShift } from './kpi-history.js';

const PERIOD_MS = 100;
const STEP_AT_MS = 150_000;

/** Uniform from 0 to 1, seeded (a linear congruential generator). */
function random(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => (state = (Math.imul(Math.trunc(state), 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** Traffic as KPIs show it: calm, with bursts of some seconds in which the quality falls. */
function bursts(seed: number, count = 2_000): number[] {
  const next = random(seed);
  let left = 0;
  return Array.from({ length: count }, () => {
    if (left === 0 && next() < 0.002) left = Math.round(next() * 50);
    else if (left > 0) left -= 1;
    return (left > 0 ? 0.5 : 0.95) + 0.05 * (next() - 0.5);
  });
}

function shiftOf(values: readonly number[], atMs = STEP_AT_MS): KpiShift | undefined {
  const history = new KpiHistory();
  values.forEach((value, i) => history.take(value, (i + 1) * PERIOD_MS));
  return history.shiftAt(atMs);
}

/** 22 s after the step. */
const until = (values: readonly number[], change: (value: number) => number): number[] =>
  values
    .slice(0, (STEP_AT_MS + 22_000) / PERIOD_MS)
    .map((value, i) => (i * PERIOD_MS >= STEP_AT_MS ? change(value) : value));

/** Reports of slices as `ricochet run` left them in `kpis.csv`: by node, then by slice and KPI. */
function recorded(path: string): Map<string, Map<string, [timeMs: number, value: number][]>> {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const columns = head.split(',');
  const nodes = new Map<string, Map<string, [number, number][]>>();
  for (const line of lines) {
    const cells = line.split(',');
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
    const series = nodes.get(cell('node')) ?? new Map<string, [number, number][]>();
    nodes.set(cell('node'), series);
    for (const kpi of ['qos', 'delayP99Ms']) {
      const key = `${cell('slice')} ${kpi}`;
      if (!series.has(key)) series.set(key, []);
      if (cell(kpi) !== '') series.get(key)?.push([Number(cell('timeMs')), Number(cell(kpi))]);
    }
  }
  return nodes;
}

/** Of the times, every 5 s, at which an xApp could have begun, those at which some KPI of the node would have been told. */
function alarmsIn(path: string, factor: number): { starts: number; alarms: number } {
  const total = { starts: 0, alarms: 0 };
  for (const series of recorded(path).values()) {
    const latestMs = Math.max(...[...series.values()].map((values) => values.at(-1)?.[0] ?? 0));
    for (let atMs = 120_000; atMs < latestMs - 22_000; atMs += 5_000) {
      const isShifted = [...series].some(([key, values]) => {
        const history = new KpiHistory();
        const by = key === '1 qos' ? factor : 1;
        for (const [timeMs, value] of values) {
          if (timeMs > atMs + 22_000) break;
          if (timeMs > atMs - 122_000) history.take(timeMs > atMs ? by * value : value, timeMs);
        }
        return history.shiftAt(atMs) !== undefined;
      });
      total.starts += 1;
      total.alarms += isShifted ? 1 : 0;
    }
  }
  return total;
}

const RECORDED = process.env['RICOCHET_TEST_KPIS'];

describe('KpiHistory', () => {
  // A measurement, for docs/conflicts.md.
  (RECORDED === undefined ? it.skip : it)('is measured on recorded KPIs', () => {
    for (const factor of [1, 0.7, 0.5]) {
      const { starts, alarms } = alarmsIn(RECORDED ?? '', factor);
      process.stdout.write(`quality times ${factor}: told of ${alarms} of ${starts} starts\n`);
    }
  });

  it.each([0.6, 1.6])('finds a step of the mean in bursts of traffic, to %s of it', (factor) => {
    const shifts = Array.from({ length: 50 }, (_, seed) =>
      shiftOf(until(bursts(seed), (value) => value * factor)),
    );
    const found = shifts.filter((shift) => shift !== undefined);
    expect(found.length).toBeGreaterThanOrEqual(45);
    for (const { fromMean, toMean } of found) expect((toMean - fromMean) / (factor - 1)).toBeGreaterThan(0.2);
  });

  it('takes traffic for traffic', () => {
    const alarms = Array.from({ length: 200 }, (_, seed) => shiftOf(until(bursts(seed), (value) => value)));
    expect(alarms.filter((alarm) => alarm !== undefined).length).toBeLessThanOrEqual(2);
  });

  it('finds a step of what stood still, and none that is of no interest', () => {
    const still = Array<number>(2_000).fill(1);
    expect(shiftOf(until(still, () => 0.7))).toEqual({ fromMean: 1, toMean: expect.closeTo(0.7) });
    expect(shiftOf(until(still, () => 0.85))).toBeUndefined();
  });

  it('passes a burst over that is soon gone, however high', () => {
    const values = until(bursts(3), (value) => value);
    for (let i = 0; i < 20; i++) values[STEP_AT_MS / PERIOD_MS + 50 + i] = 1_000;
    expect(shiftOf(values)).toBeUndefined();
  });

  it('says nothing without two minutes before, without all of the time after, or with gaps', () => {
    const step = until(bursts(1), (value) => value * 0.5);
    expect(shiftOf(step)).toBeDefined();
    expect(shiftOf(step.slice(400), STEP_AT_MS - 40_000)).toBeUndefined();
    expect(shiftOf(step.slice(0, -50))).toBeUndefined();
    const history = new KpiHistory();
    step.forEach((value, i) => {
      if (i < 1_000 || i >= 1_020) history.take(value, (i + 1) * PERIOD_MS);
    });
    expect(history.shiftAt(STEP_AT_MS)).toBeUndefined();
  });

  it("takes each instant's value once, and begins anew with the node's time", () => {
    const step = until(bursts(1), (value) => value * 0.5);
    const history = new KpiHistory();
    bursts(9).forEach((value, i) => history.take(value, (i + 50_000) * PERIOD_MS));
    step.forEach((value, i) => {
      history.take(value, (i + 1) * PERIOD_MS);
      history.take(1_000, (i + 1) * PERIOD_MS);
    });
    expect(history.shiftAt(STEP_AT_MS)).toEqual(shiftOf(step));
  });
});
