import { Command } from 'commander';
import { CliError } from '../cli.error.js';
import { RecordingWriter } from '../record/recording-writer.js';
import { recordedRun } from '../record/recorded-run.js';
import { planOf, type PlanOptions } from '../record/run-plan.js';
import { StreamedRecording } from '../record/streamed.js';
import { recordingLine } from '../record/words.js';
import { readLoopScenario } from '../stack/loop-scenario.js';
import { controllerOption, duration, modeOption, natsOption, seedOption, speedOption } from './options.js';

interface RecordOptions extends Omit<PlanOptions, 'untilMs'> {
  readonly out: string;
  readonly until?: number;
  readonly nats?: string;
  readonly stream?: string;
}

export function recordCommand(): Command {
  return new Command('record')
    .description('run a scenario and keep every message of its loop, to be replayed, forked and compared')
    .argument('<scenario>', 'scenario file (YAML)')
    .option('--out <file>', 'file to write', 'run.rec')
    .addOption(seedOption())
    .option('--until <duration>', "simulation time of the end (default: the scenario's duration)", duration)
    .addOption(controllerOption())
    .addOption(modeOption())
    .addOption(speedOption())
    .addOption(natsOption())
    .option('--stream <name>', 'keep it in a JetStream stream of that server, too; needs --nats')
    .action(record);
}

async function record(scenarioPath: string, options: RecordOptions): Promise<void> {
  const { out, until, nats: natsUrl, stream: name, ...asked } = options;
  if (name !== undefined && natsUrl === undefined) {
    throw new CliError('--stream needs --nats: the embedded server ends with the run');
  }
  const { plan, header } = planOf(readLoopScenario(scenarioPath), { ...asked, untilMs: until });
  const stream =
    name === undefined || natsUrl === undefined ? undefined : await StreamedRecording.open(natsUrl, name);
  try {
    const writer = new RecordingWriter(out, header, (octets) => stream?.append(octets));
    try {
      const { kpiHash, timeMs } = await recordedRun({
        plan,
        changes: [],
        onMessage: (message) => writer.add(message),
        natsUrl,
        keptUp: () => stream?.kept() ?? Promise.resolve(),
      });
      const { hash, messages } = writer.end(timeMs, kpiHash);
      await stream?.kept();
      process.stdout.write(
        `${recordingLine({ file: out, messages, timeMs, octets: writer.octets })}\n${hash}\n`,
      );
    } catch (error) {
      writer.abandon();
      throw error;
    }
  } finally {
    await stream?.close();
  }
}
