import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScenario, type Scenario } from '@ricochet/scenario';
import { Ricochet, Run } from './support/ricochet.js';

/** All took four minutes on two cores that other work kept busy. */
const TIMEOUT_MS = 600_000;
const AT_ONCE = 2;

/** How much of a scenario is played, after how much of its warm-up: less where there are many UEs. */
const LENGTH = {
  small: { warmUpMs: 500, measuredMs: 500 },
  large: { warmUpMs: 200, measuredMs: 200 },
} as const;
const LARGE_UES = 500;
const DEFAULT_UES_PER_CELL = 30;

/** Those that are played past their first event, and until when, ms: so far that what it brings is asserted. */
const PAST_EVENT: Readonly<Record<string, number>> = {
  'du-outage.yaml': 5_700,
  'ric-faults.yaml': 3_300,
  'stadium.yaml': 7_300,
};

const FOLDER = 'scenarios';
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

interface Played {
  readonly scenario: Scenario;
  readonly untilMs: number;
  readonly run: Run;
}

const ricochet = new Ricochet();
const played = new Map<string, Played>();

/** Plays the beginning of a scenario, in lockstep. Exit code 0 says that all held that was judged. */
async function play(file: string): Promise<void> {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  const scenario = parseScenario(text, file);
  const { cells, uesPerCell = DEFAULT_UES_PER_CELL } = scenario.network;
  const length = LENGTH[cells * uesPerCell > LARGE_UES ? 'large' : 'small'];
  const warmUpMs = Math.min(scenario.warmUpMs, length.warmUpMs);
  const untilMs = PAST_EVENT[file] ?? warmUpMs + length.measuredMs;
  const shortened = ricochet.write(file, text.replace(/^warmUp:.*$/m, `warmUp: ${warmUpMs}ms`));
  const result = await ricochet.run(
    'run',
    shortened,
    '--seed',
    '1',
    '--no-report',
    '--until',
    String(untilMs),
    '--out',
    scenario.name,
  );
  played.set(file, { scenario, untilMs, run: new Run(ricochet.path(scenario.name), result) });
}

beforeAll(async () => {
  const waiting = [...files];
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await play(file);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}, TIMEOUT_MS);
afterAll(() => ricochet.dispose());

describe('every scenario', () => {
  test.each(files)('%s plays, and what it asserts holds as far as it was played', (file) => {
    const { scenario, untilMs, run } = played.get(file) as Played;
    expect(run.result.errors).toEqual([]);
    expect(run.result.code).toBe(0);
    expect(run.summary).toMatchObject({ scenario: scenario.name, simulatedMs: untilMs });
    expect(run.ric.controlsAcknowledged).toBeGreaterThan(0);
    const { assertions: judged = [], assertionsNotReached: notReached = [] } = run.summary;
    const names = scenario.assertions.map(({ name }) => name);
    expect([...judged.map(({ name }) => name), ...notReached].sort()).toEqual(names.sort());
    const isLater = scenario.assertions.filter(({ over }) => over !== undefined && over.fromMs >= untilMs);
    expect(notReached).toEqual(expect.arrayContaining(isLater.map(({ name }) => name)));
  });

  test.each(Object.keys(PAST_EVENT))('%s does what its first event is to bring', (file) => {
    const { scenario, untilMs, run } = played.get(file) as Played;
    expect(scenario.events[0]?.atMs).toBeLessThan(untilMs);
    const judged = (run.summary.assertions ?? []).map(({ name }) => name);
    const reached = scenario.assertions.filter(({ over }) => over !== undefined && over.fromMs < untilMs);
    expect(reached.length).toBeGreaterThan(0);
    expect(judged).toEqual(expect.arrayContaining(reached.map(({ name }) => name)));
  });
});
