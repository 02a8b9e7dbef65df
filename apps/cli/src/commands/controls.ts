import { Command } from 'commander';
import { ricControls } from '@ricochet/contracts';
import { controlsTable } from '../controls/controls-table.js';
import { askRic } from '../stack/ask-ric.js';
import { integer, natsOption, runningOption } from './options.js';

interface ControlsOptions {
  readonly xapp?: string;
  readonly node?: string;
  readonly last: number;
  readonly json?: boolean;
  readonly nats?: string;
  readonly data?: string;
}

const ANSWER_TIMEOUT_MS = 5_000;
const MAX_LAST = 500;

export function controlsCommand(): Command {
  return new Command('controls')
    .description('show what became of the latest controls: asked, arbitrated, acknowledged, effective')
    .option('--xapp <name>', 'of this xApp alone')
    .option('--node <id>', 'at this node alone, such as gnb-001-01-1-du-1')
    .option('--last <n>', 'so many', integer(1, MAX_LAST), 20)
    .option('--json', 'as JSON')
    .addOption(natsOption('the NATS server of the RIC (default: that of the "ricochet up" in --data)'))
    .addOption(runningOption())
    .action(async ({ xapp, node: nodeId, last, json, nats, data }: ControlsOptions) => {
      const ric = { nats, data, timeoutMs: ANSWER_TIMEOUT_MS };
      const answer = await askRic(ric, ricControls, { xapp, nodeId, last });
      process.stdout.write(`${json ? JSON.stringify(answer, null, 2) : controlsTable(answer)}\n`);
    });
}
