import { Command } from 'commander';
import { diffTable } from '../record/diff-table.js';
import { diffRecordings } from '../record/diff.js';
import { openRecording } from '../record/recording-reader.js';
import { localRecording } from '../record/streamed.js';

export function diffCommand(): Command {
  return new Command('diff')
    .description('say where two recordings part, and what came of it')
    .argument('<a>', 'file of ricochet record or fork, or a stream, nats://[user:password@]host[:port]#name')
    .argument('<b>', 'another')
    .option('--json', 'print it as JSON')
    .action(diff);
}

async function diff(first: string, second: string, { json }: { readonly json?: boolean }): Promise<void> {
  const a = await localRecording(first);
  try {
    const b = await localRecording(second);
    try {
      const found = diffRecordings(openRecording(a.path, a.name), openRecording(b.path, b.name));
      const text =
        json === true ? JSON.stringify(found, null, 2) : diffTable(found, { a: a.name, b: b.name });
      process.stdout.write(`${text}\n`);
      // As of diff(1).
      process.exitCode = found.parting === undefined ? 0 : 1;
    } finally {
      b.dispose();
    }
  } finally {
    a.dispose();
  }
}
