import { Command } from 'commander';
import { checked, comparedRun } from '../record/compared-run.js';
import { playBack } from '../record/play-back.js';
import { localRecording, type LocalRecording } from '../record/streamed.js';
import { seconds } from '../record/words.js';

export function replayCommand(): Command {
  return new Command('replay')
    .description('run a recording again, and say whether the same comes of it or where it does not')
    .argument('<recording>', 'file of ricochet record, or a stream, nats://[user:password@]host[:port]#name')
    .action(async (recording: string) => {
      const local = await localRecording(recording);
      try {
        process.stdout.write(`${await replay(local)}\n`);
      } finally {
        local.dispose();
      }
    });
}

async function replay({ path, name }: LocalRecording): Promise<string> {
  // All of it is checked before anything is started.
  const recording = checked({ path, name });
  const { header, end } = recording;
  if (header.mode === 'real-time') return playBack(path, recording);
  const { same } = await comparedRun({ path, recording, changes: header.changes });
  return `${name}: the same, ${same.toLocaleString('en')} messages of ${seconds(header.untilMs)}\n${end?.hash}`;
}
