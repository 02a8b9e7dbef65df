import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import { parseController } from '@ricochet/control';
import { messageOf } from '@ricochet/platform';
import { DURATION_FORMAT, parseDuration, parseSeeds } from '@ricochet/scenario';
import { CliError } from '../cli.error.js';

/** Options that several commands take. */
export const seedOption = (): Option =>
  new Option('--seed <n>', 'seed of everything random').default(1).argParser(integer(0));

export const seedsOption = (): Option =>
  new Option('--seeds <range>', 'several seeds, such as 1..5 or 1,4,9').argParser(seedRange);

export const jobsOption = (): Option =>
  new Option(
    '--jobs <n>',
    'runs at the same time (default: one for two cores; one in real time, or with --nats or --e2 sctp://…)',
  ).argParser(integer(1, 64));

/** How many runs may go on at the same time. @throws CliError when they would be in each other's way */
export function jobsOf(options: {
  readonly jobs?: number | undefined;
  readonly mode: 'real-time' | 'lockstep';
  readonly nats?: string | undefined;
  readonly e2?: string | undefined;
}): number {
  const { jobs, mode, nats, e2 = 'nats' } = options;
  if (nats === undefined && e2 === 'nats') {
    return jobs ?? (mode === 'real-time' ? 1 : Math.max(1, Math.floor(availableParallelism() / 2)));
  }
  if (jobs !== undefined && jobs > 1) {
    throw new CliError(
      `--jobs ${jobs} and ${nats === undefined ? '--e2' : '--nats'}: each run needs its own`,
    );
  }
  return 1;
}

export const modeOption = (): Option =>
  new Option('--mode <mode>', 'lockstep: as fast as the RIC answers, repeatable; real-time: by the clock')
    .choices(['lockstep', 'real-time'])
    .default('lockstep');

export const jUnitOption = (): Option =>
  new Option('--junit <file>', 'write the assertions with what came of them as JUnit XML');

export const controllerOption = (): Option =>
  new Option('--controller <split+scheduler>', "what decides (default: the scenario's)").argParser((text) => {
    try {
      parseController(text);
      return text;
    } catch (error) {
      throw new InvalidArgumentError(messageOf(error));
    }
  });

export const natsOption = (
  description = 'use this NATS server instead of an embedded one (nats://user:password@host:port)',
): Option =>
  new Option('--nats <url>', description).argParser((text) => {
    if (URL.canParse(text) && /^(nats|tls):$/.test(new URL(text).protocol)) return text;
    throw new InvalidArgumentError('expected nats://[user:password@]host[:port]');
  });

export const speedOption = (): Option =>
  new Option('--speed <k>', 'simulated over wall time').default(1).argParser((text) => {
    const speed = Number(text);
    if (speed > 0 && speed <= 100) return speed;
    throw new InvalidArgumentError('expected a number above 0, at most 100');
  });

/** How a command finds a RIC that runs. */
export const runningOption = (): Option =>
  new Option(
    '--data <folder>',
    'folder of a "ricochet up" that runs (default: .ricochet, or else that of the only one that runs)',
  );

/** Parses an integer of at least `min` and at most `max`. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(
      `expected an integer from ${min}${max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`}`,
    );
  };
}

/** Parses `10s`, `200ms` or a number of milliseconds. */
export function duration(text: string): number {
  try {
    const durationMs = parseDuration(text);
    if (durationMs > 0) return durationMs;
  } catch {
    // Told below.
  }
  throw new InvalidArgumentError(`expected ${DURATION_FORMAT}, above 0`);
}

/** `1..5`, `3` or `1,4,9`. */
export function seedRange(text: string): number[] {
  try {
    return parseSeeds(text);
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
}
