import { Asn1Error, criticalities, type Criticality, decodePer, type Type } from '@ricochet/asn1';
import { messages, pduChoices, type MessageName, type MessageValue } from './pdu.js';
import { type RawIe, rawIes } from './raw-ies.js';
import { ranFunctionId, ricRequestId, transactionId } from './types/ids.js';

/** What a PDU says of itself before, or without, being decoded as a whole. */
export interface Claim {
  readonly choice: number;
  readonly procedureCode: number;
  readonly criticality: Criticality;
  /** `undefined` for a procedure that we do not know. */
  readonly message: MessageName | undefined;
  /** Which IEs it has, as far as they can be read. */
  readonly ies: readonly number[];
  /** The ids among their values. */
  readonly ids: Ids;
}

type Ids = Pick<MessageValue<'ErrorIndication'>, 'transactionId' | 'ricRequestId' | 'ranFunctionId'>;

const HEADER_OCTETS = 3;

const idTypes: ReadonlyMap<number, { readonly name: keyof Ids; readonly type: Type<unknown> }> = new Map([
  [49, { name: 'transactionId', type: transactionId }],
  [29, { name: 'ricRequestId', type: ricRequestId }],
  [5, { name: 'ranFunctionId', type: ranFunctionId }],
]);

/** `undefined` when the octets do not even begin like a PDU. */
export function claimOf(octets: Uint8Array): Claim | undefined {
  const [first = 0xff, procedureCode = 0, third = 0] = octets;
  // The extension bit, which must be zero, and two bits of choice.
  const choice = first >> 5;
  const criticality = criticalities[third >> 6];
  if (octets.length < HEADER_OCTETS || choice >= pduChoices.length || criticality === undefined) {
    return undefined;
  }
  const ies = rawIes(octets);
  return {
    choice,
    procedureCode,
    criticality,
    message: messageOf(choice, procedureCode),
    ies: ies.map(({ id }) => id),
    ids: idsOf(ies),
  };
}

function messageOf(choice: number, procedureCode: number): MessageName | undefined {
  const names = Object.keys(messages) as MessageName[];
  return names.find((name) => {
    const row = messages[name];
    return row.procedureCode === procedureCode && row.choice === pduChoices[choice];
  });
}

function idsOf(ies: readonly RawIe[]): Ids {
  const ids: Record<string, unknown> = {};
  for (const { id, octets } of ies) {
    const known = idTypes.get(id);
    if (known === undefined) continue;
    try {
      ids[known.name] = decodePer(known.type, octets, { allowTrailing: true });
    } catch (error) {
      if (!(error instanceof Asn1Error)) throw error;
    }
  }
  return ids;
}
