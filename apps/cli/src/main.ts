import { Command, CommanderError } from 'commander';
import { messageOf } from '@ricochet/platform';
import { CliError } from './cli.error.js';
import { adapterCommand } from './commands/adapter.js';
import { benchCommand } from './commands/bench.js';
import { controlsCommand } from './commands/controls.js';
import { diffCommand } from './commands/diff.js';
import { e2SimCommand } from './commands/e2-sim.js';
import { e2Command } from './commands/e2.js';
import { evalCommand } from './commands/eval.js';
import { forkCommand } from './commands/fork.js';
import { modelCommand } from './commands/model.js';
import { recordCommand } from './commands/record.js';
import { replayCommand } from './commands/replay.js';
import { runCommand } from './commands/run.js';
import { scenarioCommand } from './commands/scenario.js';
import { trainCommand } from './commands/train.js';
import { upCommand } from './commands/up.js';
import { xappCommand } from './commands/xapp.js';
import { versions } from './versions.js';

const program = new Command('ricochet')
  .description('An O-RAN RIC on your laptop: emulated E2 nodes, a Near-RT RIC and its xApps')
  .version(versions()['ricochet'] ?? '')
  // A version of an xApp is none of ours.
  .enablePositionalOptions()
  .showHelpAfterError('(--help tells more)')
  .addCommand(upCommand())
  .addCommand(runCommand())
  .addCommand(recordCommand())
  .addCommand(replayCommand())
  .addCommand(forkCommand())
  .addCommand(diffCommand())
  .addCommand(scenarioCommand())
  .addCommand(trainCommand())
  .addCommand(modelCommand())
  .addCommand(evalCommand())
  .addCommand(xappCommand())
  .addCommand(controlsCommand())
  .addCommand(e2Command())
  .addCommand(e2SimCommand())
  .addCommand(adapterCommand())
  .addCommand(benchCommand());
for (const command of withSubcommands(program)) command.exitOverride();
// Who reads us has heard enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  // A scenario's problems come one a line.
  const message = error instanceof CliError ? error.message : messageOf(error);
  process.stderr.write(`ricochet: ${message}\n`);
  process.exit(error instanceof CliError ? error.exitCode : 1);
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
