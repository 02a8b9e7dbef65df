import { Command } from 'commander';
import { checked, comparedRun } from '../record/compared-run.js';
import { playBack } from '../record/play-back.js';
import { seconds } from '../record/words.js';

export function replayCommand(): Command {
  return new Command('replay')
    .description('run a recording again, and say whether the same comes of it or where it does not')
    .argument('<recording>', 'file of ricochet record')
    .action(async (path: string) => {
      // All of it is checked before anything is started.
      const recording = checked(path);
      const { header, end } = recording;
      if (header.mode === 'real-time') {
        process.stdout.write(`${await playBack(path, recording)}\n`);
        return;
      }
      const { same } = await comparedRun({ path, recording, changes: header.changes });
      process.stdout.write(
        `${path}: the same, ${same.toLocaleString('en')} messages of ${seconds(header.untilMs)}\n${end?.hash}\n`,
      );
    });
}
