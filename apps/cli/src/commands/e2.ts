import { Command } from 'commander';
import { captureCommand } from './e2-capture.js';
import { decodeCommand } from './e2-decode.js';

export function e2Command(): Command {
  return new Command('e2')
    .description('look at E2 traffic: decode PDUs, capture what the emulator sends')
    .addCommand(decodeCommand())
    .addCommand(captureCommand());
}
