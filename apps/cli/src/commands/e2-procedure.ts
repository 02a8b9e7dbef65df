import { Command } from 'commander';
import { Bus, BusError } from '@ricochet/bus';
import { ricProcedure, type RicProcedure } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { urlOfRunning } from '../stack/data-folder.js';
import { natsOption } from './options.js';

interface ProcedureOptions {
  readonly nats?: string;
  readonly data: string;
}

/** More than the RIC itself waits for a node. */
const ANSWER_TIMEOUT_MS = 10_000;

/** A command that has a RIC which runs begin a procedure with one of its nodes. */
export function procedureCommand(procedure: RicProcedure, description: string): Command {
  return new Command(procedure)
    .description(description)
    .argument('<node>', 'id of the node, such as gnb-001-01-1-du-1')
    .addOption(natsOption('the NATS server of the RIC (default: that of the "ricochet up" in --data)'))
    .option('--data <folder>', 'folder of a "ricochet up" that runs', '.ricochet')
    .action(async (nodeId: string, options: ProcedureOptions) => {
      const text = await begin(options.nats ?? urlOfRunning(options.data), { nodeId, procedure });
      process.stdout.write(`${text}\n`);
    });
}

/** @throws CliError when the RIC refuses, the node does, or nobody answers */
async function begin(url: string, request: { nodeId: string; procedure: RicProcedure }): Promise<string> {
  let bus: Bus | undefined;
  try {
    bus = await Bus.connect({ url, name: 'ricochet-e2', onTrouble: () => undefined });
    const { outcome, text } = await bus.request(ricProcedure, request, ANSWER_TIMEOUT_MS);
    if (outcome !== 'done') throw new CliError(`${outcome}: ${text}`, 1);
    return text;
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    const isAlone = error.code === 'BUS_NO_RESPONDER';
    throw new CliError(isAlone ? `NATS at ${new URL(url).host}: no Near-RT RIC is there` : error.message, 1);
  } finally {
    await bus?.close().catch(() => undefined);
  }
}
