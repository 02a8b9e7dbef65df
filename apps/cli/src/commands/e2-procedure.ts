import { Command } from 'commander';
import { ricProcedure, type RicProcedure } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { askRic } from '../stack/ask-ric.js';
import { natsOption, runningOption } from './options.js';

interface ProcedureOptions {
  readonly nats?: string;
  readonly data?: string;
}

/** More than the RIC itself waits for a node. */
const ANSWER_TIMEOUT_MS = 10_000;

/** A command that has a RIC which runs begin a procedure with one of its nodes. */
export function procedureCommand(procedure: RicProcedure, description: string): Command {
  return new Command(procedure)
    .description(description)
    .argument('<node>', 'id of the node, such as gnb-001-01-1-du-1')
    .addOption(natsOption('the NATS server of the RIC (default: that of the "ricochet up" in --data)'))
    .addOption(runningOption())
    .action(async (nodeId: string, options: ProcedureOptions) => {
      const ric = { ...options, timeoutMs: ANSWER_TIMEOUT_MS };
      const { outcome, text } = await askRic(ric, ricProcedure, { nodeId, procedure });
      if (outcome !== 'done') throw new CliError(`${outcome}: ${text}`, 1);
      process.stdout.write(`${text}\n`);
    });
}
