import { Command } from 'commander';
import { RecordingWriter } from '../record/recording-writer.js';
import { recordedRun } from '../record/recorded-run.js';
import { planOf, type PlanOptions } from '../record/run-plan.js';
import { recordingLine } from '../record/words.js';
import { controllerOption, duration, modeOption, seedOption, speedOption } from './options.js';

interface RecordOptions extends Omit<PlanOptions, 'untilMs'> {
  readonly out: string;
  readonly until?: number;
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
    .action(async (scenarioPath: string, options: RecordOptions) => {
      const { out, until, ...asked } = options;
      const { plan, header } = planOf(scenarioPath, { ...asked, untilMs: until });
      const writer = new RecordingWriter(out, header);
      try {
        const { kpiHash, timeMs } = await recordedRun({
          plan,
          changes: [],
          onMessage: (message) => writer.add(message),
        });
        const { hash, messages } = writer.end(timeMs, kpiHash);
        process.stdout.write(
          `${recordingLine({ file: out, messages, timeMs, octets: writer.octets })}\n${hash}\n`,
        );
      } catch (error) {
        writer.abandon();
        throw error;
      }
    });
}
