import { Command, InvalidArgumentError, Option } from 'commander';
import { ccc, kpm, rc, ricochet, type ServiceModel } from '@ricochet/e2sm';
import { CliError } from '../cli.error.js';
import { openInput, type InputPdu } from '../e2/decode/e2-input.js';
import { PduDecoder, type DecodedPdu } from '../e2/decode/pdu-decoder.js';
import { pduJson } from '../e2/decode/pdu-json.js';
import { pduTree } from '../e2/decode/pdu-tree.js';
import { formatTree } from '../e2/decode/tree.js';
import { CaptureError } from '../e2/pcap/capture-error.js';
import { type CapturedMessage } from '../e2/pcap/capture-reader.js';

interface DecodeOptions {
  readonly sm: ReadonlyMap<number, ServiceModel>;
  readonly json?: boolean;
}

const MODELS: Readonly<Record<string, ServiceModel>> = { kpm, rc, ccc, ricochet };
const MAX_RAN_FUNCTION_ID = 4095;

export function decodeCommand(): Command {
  return new Command('decode')
    .description('print E2AP PDUs as trees, with what the service models say in them')
    .argument('<pdu>', 'octets in hexadecimal; or a file with them, with a PDU, or a capture; or - for stdin')
    .addOption(
      new Option(
        '--sm <id=model>',
        `model of a RAN function that no set-up tells: ${Object.keys(MODELS).join(', ')}`,
      )
        .default(new Map(), '2=kpm, 3=rc, 4=ccc, 200=ricochet')
        .argParser(serviceModels),
    )
    .option('--json', 'a JSON object a PDU, one a line')
    .action(decode);
}

function decode(argument: string, { sm, json }: DecodeOptions): void {
  // Whoever reads has seen enough: `| head`.
  process.stdout.once('error', () => process.exit());
  const input = openInput(argument);
  const decoder = new PduDecoder(sm);
  let count = 0;
  let faults = 0;
  let ended: string | undefined;
  try {
    for (const pdu of input.pdus()) {
      const decoded = decoder.decode(pdu.octets, pdu.association);
      if ('reason' in decoded || decoded.hasFault) faults += 1;
      count += 1;
      process.stdout.write(json ? jsonLine(count, pdu, decoded) : text(count, pdu, decoded));
    }
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    ended = error.message;
  }
  for (const line of input.passedOver()) process.stderr.write(`passed over: ${line}\n`);
  if (ended !== undefined) throw new CliError(`${argument}: ${ended}`, 1);
  if (count === 0) throw new CliError(`${argument}: no E2AP PDU`, 1);
  if (faults > 0) throw new CliError(`${faults} of ${count} PDUs could not be decoded`, 1);
}

function text(number: number, { captured }: InputPdu, decoded: DecodedPdu): string {
  const gap = number > 1 ? '\n' : '';
  return `${gap}${captured === undefined ? '' : `${place(captured)}\n`}${formatTree(pduTree(decoded))}`;
}

function place({ packetNumber, timeUs, source, destination, streamId, ppid }: CapturedMessage): string {
  const time = new Date(timeUs / 1000).toISOString().replace('Z', String(timeUs % 1000).padStart(3, '0'));
  const ends = source === '' ? '' : `, ${source} to ${destination}, stream ${streamId}, PPID ${ppid}`;
  return `packet ${packetNumber}, ${time}Z${ends}`;
}

function jsonLine(number: number, { captured }: InputPdu, decoded: DecodedPdu): string {
  const { packetNumber, timeUs, source, destination, streamId, ppid } = captured ?? {};
  const where = captured && { packetNumber, timeUs, source, destination, streamId, ppid };
  return `${JSON.stringify({ number, ...where, ...pduJson(decoded) })}\n`;
}

/** `2=kpm`, `2=kpm,3=rc`; may be given more than once. */
function serviceModels(
  text: string,
  former: ReadonlyMap<number, ServiceModel>,
): ReadonlyMap<number, ServiceModel> {
  const models = new Map(former);
  for (const part of text.split(',')) {
    const [, id = '', name = ''] = /^\s*(\d+)\s*=\s*(\w+)\s*$/.exec(part) ?? [];
    const model = Object.hasOwn(MODELS, name) ? MODELS[name] : undefined;
    if (model === undefined || id === '' || Number(id) > MAX_RAN_FUNCTION_ID) {
      throw new InvalidArgumentError(
        `expected <RAN function id>=<model>, the model one of ${Object.keys(MODELS).join(', ')}`,
      );
    }
    models.set(Number(id), model);
  }
  return models;
}
