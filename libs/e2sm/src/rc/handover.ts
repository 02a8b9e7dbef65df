import { fromHex, toHex } from '@ricochet/asn1';
import { type NrCgi } from '@ricochet/ran-types';
import { nrCgi } from '../common/cell-ids.js';
import { perMessage } from '../per-message.js';
import { E2smError } from '../service-model.js';
import { type RcControlMessage, type RcControlMessageOfAction } from './control.js';
import { leaf, ParameterReader, structure } from './parameter-tree.js';

/** Control style 3, Connected Mode Mobility; action 1, Handover Control (E2SM-RC clause 7.6.4). */
export const HANDOVER = { ricStyleType: 3, ricControlActionId: 1 } as const;

/** RAN parameters of the action (clause 8.4.4.1), of those that name the target. */
const ID = { targetPrimaryCell: 1, targetCell: 2, nrCell: 3, nrCgi: 4 } as const;

export const HANDOVER_PARAMETERS: readonly { readonly id: number; readonly name: string }[] = [
  { id: ID.targetPrimaryCell, name: 'Target Primary Cell ID' },
  { id: ID.targetCell, name: 'CHOICE Target Cell' },
  { id: ID.nrCell, name: 'NR Cell' },
  { id: ID.nrCgi, name: 'NR CGI' },
];

/**
 * How a vendor wants the NR CGI: 9 octets of aligned PER (srsRAN), or `raw`, 8 octets: PLMN and the NR cell identity
 * left-aligned in five (OAI).
 */
export type NrCgiForm = 'per' | 'raw';
const RAW_OCTETS = 8;
const PER_OCTETS = 9;
const cgiCodec = perMessage('NR CGI', nrCgi);

/** Packs a handover to a cell into the parameter tree of the action; the control header names the UE. */
export function packHandover(
  target: NrCgi,
  { nrCgiForm = 'per' }: { readonly nrCgiForm?: NrCgiForm } = {},
): RcControlMessageOfAction {
  // The first octet holds but the extension bit of the sequence and padding.
  const octets = cgiCodec.encode(target).subarray(nrCgiForm === 'per' ? 0 : 1);
  const cgi = leaf(ID.nrCgi, { valueOctets: toHex(octets) });
  const targetCell = structure(ID.targetCell, [structure(ID.nrCell, [cgi])]);
  return { format1: { ranParameters: [structure(ID.targetPrimaryCell, [targetCell])] } };
}

/**
 * The target of a handover, in whichever form its NR CGI is.
 * @throws {E2smError} naming the parameter that is missing or of the wrong kind, with its path
 */
export function unpackHandover(message: RcControlMessage): NrCgi {
  if (!('format1' in message)) {
    throw new E2smError(`a handover comes in control message format 1, not in ${Object.keys(message)[0]}`);
  }
  const nameOf = (of: number): string => HANDOVER_PARAMETERS.find(({ id }) => id === of)?.name ?? 'unknown';
  const root = new ParameterReader(message.format1.ranParameters, nameOf);
  const cell = root.structure(ID.targetPrimaryCell).structure(ID.targetCell).structure(ID.nrCell);
  const octets = fromHex(cell.octets(ID.nrCgi, RAW_OCTETS, PER_OCTETS));
  return cgiCodec.decode(octets.length === PER_OCTETS ? octets : Uint8Array.of(0, ...octets));
}
