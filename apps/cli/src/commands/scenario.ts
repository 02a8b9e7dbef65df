import { Command } from 'commander';
import { scenarioJsonSchema } from '@ricochet/scenario';
import { CliError } from '../cli.error.js';
import { readLoopScenario } from '../stack/loop-scenario.js';

export function scenarioCommand(): Command {
  return new Command('scenario')
    .description('scenario files: their JSON Schema, and whether they are in order')
    .addCommand(
      new Command('schema')
        .description('print the JSON Schema (draft 7) of scenario files, for editors to complete them')
        .action(() => {
          process.stdout.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
        }),
    )
    .addCommand(
      new Command('check')
        .description('say what is wrong with scenario files, and start nothing')
        .argument('<files...>', 'scenario files (YAML)')
        .action(check),
    );
}

/** @throws CliError with all that is wrong with any of them */
function check(files: readonly string[]): void {
  const faults = files.flatMap(faultsOf);
  if (faults.length > 0) throw new CliError(faults.join('\n'));
  process.stdout.write(`${files.length === 1 ? 'it is' : `all ${files.length} are`} in order\n`);
}

function faultsOf(file: string): string[] {
  try {
    readLoopScenario(file);
    return [];
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return [error.message];
  }
}
