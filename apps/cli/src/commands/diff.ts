import { Command } from 'commander';
import { diffTable } from '../record/diff-table.js';
import { diffRecordings } from '../record/diff.js';
import { openRecording } from '../record/recording-reader.js';

export function diffCommand(): Command {
  return new Command('diff')
    .description('say where two recordings part, and what came of it')
    .argument('<a>', 'file of ricochet record or fork')
    .argument('<b>', 'another')
    .option('--json', 'print it as JSON')
    .action((a: string, b: string, { json }: { readonly json?: boolean }) => {
      const diff = diffRecordings(openRecording(a), openRecording(b));
      process.stdout.write(`${json === true ? JSON.stringify(diff, null, 2) : diffTable(diff, { a, b })}\n`);
      // As of diff(1).
      process.exitCode = diff.parting === undefined ? 0 : 1;
    });
}
