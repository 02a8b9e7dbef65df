import { Command } from 'commander';
import { captureCommand } from './e2-capture.js';
import { decodeCommand } from './e2-decode.js';
import { procedureCommand } from './e2-procedure.js';

export function e2Command(): Command {
  return new Command('e2')
    .description('look at E2 traffic, and have a RIC that runs begin procedures')
    .addCommand(decodeCommand())
    .addCommand(captureCommand())
    .addCommand(procedureCommand('reset', 'have the RIC reset a node (E2 Reset): it is subscribed to anew'))
    .addCommand(
      procedureCommand('query', 'have the RIC ask a node for its RAN functions (RIC Service Query)'),
    )
    .addCommand(procedureCommand('remove', 'have the RIC end the association with a node (E2 Removal)'));
}
