import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type RicCounts } from '@ricochet/contracts';
import { type RunSummary } from '../../apps/cli/src/run/summary.js';
import { Processes, type Program } from './processes.js';

const COMMAND = resolve('apps/cli/bin/ricochet.js');

/** Scenario files of the tests. */
export const fixture = (name: string): string => resolve('test/fixtures', name);

/** What a `ricochet` command that has ended left behind. */
export interface Result {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  /** Lines on standard error. */
  readonly errors: string[];
}

/** The `ricochet` command in a folder of its own; `dispose` ends all and removes the folder. */
export class Ricochet {
  readonly processes = new Processes();
  private made: string | undefined;

  /** Made when it is first asked for. */
  get folder(): string {
    return (this.made ??= mkdtempSync(join(tmpdir(), 'ricochet-e2e-')));
  }

  /** A path in the folder. */
  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Writes a file into the folder; gives its path. */
  write(name: string, text: string): string {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  start(...args: string[]): Program {
    // A `ricochet up` of another test is not found by commands of this one.
    const env = { XDG_STATE_HOME: this.path('state') };
    return this.processes.start([COMMAND, ...args], { cwd: this.folder, env });
  }

  async run(...args: string[]): Promise<Result> {
    const program = this.start(...args);
    const { code, signal } = await program.ended;
    const errors = program.stderr.filter((line) => line.trim() !== '');
    return { code, signal, stdout: program.stdout.join('\n'), errors };
  }

  /** Runs a scenario into the folder `out`, without a report. @throws with what the command said when it fails */
  async runScenario(scenario: string, out: string, ...args: string[]): Promise<Run> {
    const result = await this.run('run', scenario, '--no-report', '--out', out, ...args);
    if (result.code !== 0) throw new Error(`exit code ${result.code}: ${result.errors.join('\n')}`);
    return new Run(this.path(out), result);
  }

  async dispose(): Promise<void> {
    await this.processes.endAll();
    if (this.made !== undefined) rmSync(this.made, { recursive: true, force: true });
  }
}

/** The files of one run. */
export class Run {
  constructor(
    readonly folder: string,
    readonly result: Result,
  ) {}

  get summary(): RunSummary {
    return JSON.parse(this.file('summary.json')) as RunSummary;
  }

  /** What the RIC counted. */
  get ric(): RicCounts {
    const { ric } = this.summary.counts;
    if (ric === null) throw new Error('the RIC did not give its counts');
    return ric;
  }

  /** `kpis.csv` as records. */
  get kpis(): Record<string, string>[] {
    const [head = '', ...lines] = this.file('kpis.csv').trim().split('\n');
    const columns = head.split(',');
    return lines.map((line) => {
      const values = line.split(',');
      return Object.fromEntries(columns.map((column, i) => [column, values[i] ?? '']));
    });
  }

  file(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }
}
