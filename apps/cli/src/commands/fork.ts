import { existsSync, realpathSync } from 'node:fs';
import { Command } from 'commander';
import { CliError } from '../cli.error.js';
import { checked, comparedRun, lockstepOnly } from '../record/compared-run.js';
import { forkChanges, type ForkWishes } from '../record/fork-changes.js';
import { GATE_MS } from '../record/record-bus.js';
import { type XAppChange } from '../record/recording-header.js';
import { RecordingWriter } from '../record/recording-writer.js';
import { localRecording, type LocalRecording } from '../record/streamed.js';
import { recordingLine, seconds } from '../record/words.js';
import { controllerOption, duration } from './options.js';

interface ForkOptions extends Omit<ForkWishes, 'atMs'> {
  readonly at: number;
  readonly out: string;
  readonly until?: number;
}

export function forkCommand(): Command {
  return new Command('fork')
    .description('run a recording again up to a time, and go on with another xApp or configuration')
    .argument('<recording>', 'file of ricochet record, or a stream, nats://[user:password@]host[:port]#name')
    .requiredOption('--at <time>', 'simulation time, a multiple of 100 ms', duration)
    .option(
      '--xapp <name@version>',
      'go on with this version of an xApp; without a version with another --config',
    )
    .option('--package <folder>', 'where that version is (default: among those onboarded in --data)')
    .option('--config <file>', "the xApp's configuration, a JSON object")
    .addOption(Object.assign(controllerOption(), { description: 'go on with this controller' }))
    .option('--until <duration>', "simulation time of the end (default: the recording's)", duration)
    .option('--data <folder>', 'folder of a "ricochet up", for its packages', '.ricochet')
    .option('--out <file>', 'file to write', 'fork.rec')
    .action(async (recording: string, options: ForkOptions) => {
      const local = await localRecording(recording);
      try {
        await fork(local, options);
      } finally {
        local.dispose();
      }
    });
}

async function fork({ path, name }: LocalRecording, options: ForkOptions): Promise<void> {
  const { at: atMs, out, until: untilMs, ...wishes } = options;
  const recording = checked({ path, name });
  if (existsSync(out) && realpathSync(out) === realpathSync(path))
    throw new CliError(`--out ${out} is the recording itself: name another file`);
  const { header, end } = recording;
  lockstepOnly(recording, 'fork');
  const lastMs = untilMs ?? header.untilMs;
  if (atMs % GATE_MS !== 0) throw new CliError(`--at ${atMs} ms is no multiple of ${GATE_MS} ms`);
  if (atMs >= header.untilMs)
    throw new CliError(`--at ${seconds(atMs)}: the recording ends at ${seconds(header.untilMs)}`);
  if (lastMs <= atMs) throw new CliError(`--until ${seconds(lastMs)} is not after --at ${seconds(atMs)}`);
  const made = forkChanges(header, { ...wishes, atMs });
  if (made.length === 0) process.stderr.write(`nothing changes at ${seconds(atMs)}\n`);
  const changes = changesOf(header.changes, made, atMs);
  const parent = { file: name, hash: end?.hash ?? '', atMs };
  const writer = new RecordingWriter(out, { ...header, untilMs: lastMs, changes, parent });
  try {
    const run = await comparedRun({
      path,
      recording,
      changes,
      sameUntilMs: atMs,
      untilMs: lastMs,
      onMessage: (message) => writer.add(message),
    });
    const { kpiHash, timeMs } = run.end;
    const { hash, messages } = writer.end(timeMs, kpiHash);
    const line = recordingLine({ file: out, messages, timeMs, octets: writer.octets });
    process.stdout.write(`${line}, the first ${run.same.toLocaleString('en')} as in ${name}\n${hash}\n`);
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

/** What the recording had changed by then, and what the fork changes: it goes its own way afterwards. */
function changesOf(before: readonly XAppChange[], made: readonly XAppChange[], atMs: number): XAppChange[] {
  const atOnce = (change: XAppChange): XAppChange | undefined =>
    before.find((former) => former.atMs === atMs && former.xapp === change.xapp);
  const kept = before.filter(
    (former) => former.atMs <= atMs && !made.some((change) => atOnce(change) === former),
  );
  return [...kept, ...made.map((change) => ({ ...atOnce(change), ...change }))];
}
