import { fromHex, type Infer } from '@ricochet/asn1';
import { type rrcMessageId } from '../common/rrc-message-id.js';
import { type UeId, ueId as ueIdType } from '../common/ue-id.js';
import { perMessage } from '../per-message.js';
import { E2smError } from '../service-model.js';
import { type RcActionDefinition } from './action-definition.js';
import { type RcEventTrigger } from './event-trigger.js';
import { type RcIndicationHeader, type RcIndicationMessage } from './indication.js';
import { ParameterReader } from './parameter-tree.js';

/** Report style 1, Message Copy (E2SM-RC clause 7.4.2), and its parameters (clause 8.2.1). */
export const MESSAGE_COPY_REPORT = { ricStyleType: 1 } as const;
const ID = { rrcMessage: 3, ueId: 4 } as const;

export const MESSAGE_COPY_PARAMETERS: readonly { readonly id: number; readonly name: string }[] = [
  { id: ID.rrcMessage, name: 'RRC Message' },
  { id: ID.ueId, name: 'UE ID' },
];

export type RrcMessageId = Infer<typeof rrcMessageId>;

/** A subscription to copies of RRC messages: the place in `messages`, from 1, is the event trigger condition's id. */
export function messageCopySubscription(messages: readonly RrcMessageId[]): {
  eventTrigger: RcEventTrigger;
  actionDefinition: RcActionDefinition;
} {
  return {
    eventTrigger: {
      format1: {
        messages: messages.map((rrc, place) => ({
          ricEventTriggerConditionId: place + 1,
          messageType: { rrc },
        })),
      },
    },
    actionDefinition: {
      ...MESSAGE_COPY_REPORT,
      definition: {
        format1: { ranParameters: MESSAGE_COPY_PARAMETERS.map(({ id }) => ({ ranParameterId: id })) },
      },
    },
  };
}

export interface MessageCopy {
  /** Which of the subscription's messages it is, when the node tells. */
  readonly ricEventTriggerConditionId: number | undefined;
  /** As it went over the air, PER of TS 38.331 or 36.331. */
  readonly rrcMessage: Uint8Array;
  readonly ueId: UeId | undefined;
}

const ueIdCodec = perMessage('UE ID', ueIdType);

/**
 * What an indication of such a subscription carries.
 * @throws {E2smError} when it is no such indication, naming the parameter
 */
export function readMessageCopy(header: RcIndicationHeader, message: RcIndicationMessage): MessageCopy {
  if (!('format1' in header) || !('format1' in message)) {
    const found = `${Object.keys(header)[0]} and ${Object.keys(message)[0]}`;
    throw new E2smError(`a message copy comes in indication header and message format1, not in ${found}`);
  }
  const nameOf = (of: number): string =>
    MESSAGE_COPY_PARAMETERS.find(({ id }) => id === of)?.name ?? 'unknown';
  const parameters = new ParameterReader(message.format1.ranParameters, nameOf);
  return {
    ricEventTriggerConditionId: header.format1.ricEventTriggerConditionId,
    rrcMessage: fromHex(parameters.octets(ID.rrcMessage)),
    ueId: parameters.has(ID.ueId) ? ueIdCodec.decode(fromHex(parameters.octets(ID.ueId))) : undefined,
  };
}
