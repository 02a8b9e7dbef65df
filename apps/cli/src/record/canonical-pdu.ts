import { aperCodec, jsonCodec, type E2apPdu, type MessageName } from '@ricochet/e2ap';
import { nodeOfAssociation } from '../e2/e2-recording.js';
import { type Tapped } from './tapped.js';

const OPEN_BRACE = 0x7b;
const INDICATION = 5;

/** Subscriptions have this requestor in a recording. */
const SUBSCRIBER = 1;

/** A PDU, and what orders it. */
export interface SentPdu {
  readonly node: string;
  readonly direction: 'up' | 'down';
  readonly octets: Uint8Array;
  /** Absent: it could not be read. */
  readonly pdu: E2apPdu | undefined;
}

interface RequestId {
  readonly requestorId: number;
  readonly instanceId: number;
}

/** The PDU of a message of the bus, read. */
export function sentPdu({ subject, payload }: Tapped): SentPdu {
  const [, direction, association = ''] = subject.split('.');
  const codec = payload[0] === OPEN_BRACE ? jsonCodec : aperCodec;
  let pdu: E2apPdu | undefined;
  try {
    pdu = codec.decode(payload);
  } catch {
    // It is kept as it is.
  }
  const node = nodeOfAssociation(association);
  return { node, direction: direction === 'up' ? 'up' : 'down', octets: payload, pdu };
}

/** Whether it is an indication, by its first octets or words. */
export function isIndication({ payload }: Tapped): boolean {
  if (payload[0] === OPEN_BRACE) {
    return Buffer.from(payload.subarray(0, 40)).toString().startsWith('{"message":"RICindication"');
  }
  return payload[0] === 0 && payload[1] === INDICATION;
}

/** `RICcontrolRequest`, `…Acknowledge` or `…Failure`. */
export const isControl = ({ pdu }: SentPdu): boolean => pdu?.message.startsWith('RICcontrol') ?? false;

/** Request id of a PDU that has one. */
export function requestIdOf({ pdu }: SentPdu): RequestId | undefined {
  return pdu !== undefined && 'ricRequestId' in pdu.value ? pdu.value.ricRequestId : undefined;
}

/**
 * What runs of the same seed do not have in common is taken from PDUs: the order in which xApps and nodes came decides
 * the ids of subscriptions and transactions; call process ids count over all of them. Subscriptions get a number by node
 * in the order of their contents.
 */
export class CanonicalPdus {
  /** By node and request id: contents of the subscription. */
  private readonly contents = new Map<string, string>();
  /** By node and contents: its number. */
  private readonly numbers = new Map<string, number>();
  private readonly counts = new Map<string, number>();

  /** Takes note of what is subscribed to in these; all that is new gets its number. */
  learn(pdus: readonly SentPdu[]): void {
    const fresh = new Map<string, string>();
    for (const sent of pdus) {
      if (sent.pdu?.message !== 'RICsubscriptionRequest') continue;
      const { ricRequestId, ranFunctionId, ricEventTriggerDefinition, ricActionsToBeSetup } = sent.pdu.value;
      const actions = ricActionsToBeSetup.map(
        ({ ricActionId, ricActionType, ricActionDefinition }) =>
          `${ricActionId} ${ricActionType} ${hex(ricActionDefinition)}`,
      );
      const content = `${sent.node} ${ranFunctionId} ${hex(ricEventTriggerDefinition)} ${actions.join()}`;
      this.contents.set(keyOf(sent.node, ricRequestId), content);
      if (!this.numbers.has(content)) fresh.set(content, sent.node);
    }
    for (const [content, node] of [...fresh].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const number = (this.counts.get(node) ?? 0) + 1;
      this.counts.set(node, number);
      this.numbers.set(content, number);
    }
  }

  /** Number of the subscription that a PDU is about; 0 for none that is known. */
  subscriptionOf(sent: SentPdu): number {
    const id = requestIdOf(sent);
    const content = id && this.contents.get(keyOf(sent.node, id));
    return (content !== undefined && this.numbers.get(content)) || 0;
  }

  /** @param rank of a control among those of its instant, node and xApp, from 1 */
  octetsOf(sent: SentPdu, rank = 0): Uint8Array {
    const { pdu } = sent;
    if (pdu === undefined) return sent.octets;
    const { ricCallProcessId: _, ...value } = pdu.value as Record<string, unknown>;
    const id = requestIdOf(sent);
    if (id !== undefined) {
      value['ricRequestId'] = isControl(sent)
        ? { requestorId: id.requestorId, instanceId: rank }
        : { requestorId: SUBSCRIBER, instanceId: this.subscriptionOf(sent) };
    }
    if ('transactionId' in value) value['transactionId'] = 0;
    try {
      return aperCodec.encode({ ...pdu, value } as E2apPdu);
    } catch {
      return sent.octets;
    }
  }
}

/** Management of nodes in the order in which it has to happen; what is not there comes last. */
const MANAGEMENT: readonly MessageName[] = [
  'E2setupRequest',
  'E2setupResponse',
  'E2setupFailure',
  'E2nodeConfigurationUpdate',
  'E2nodeConfigurationUpdateAcknowledge',
  'ResetRequest',
  'ResetResponse',
  'RICserviceQuery',
  'RICserviceUpdate',
  'RICserviceUpdateAcknowledge',
  'RICsubscriptionRequest',
  'RICsubscriptionResponse',
  'RICsubscriptionFailure',
  'RICsubscriptionDeleteRequired',
  'RICsubscriptionDeleteRequest',
  'RICsubscriptionDeleteResponse',
];

export function managementRank({ pdu }: SentPdu): number {
  const at = pdu === undefined ? -1 : MANAGEMENT.indexOf(pdu.message);
  return at === -1 ? MANAGEMENT.length : at;
}

const keyOf = (node: string, { requestorId, instanceId }: RequestId): string =>
  `${node} ${requestorId}/${instanceId}`;

const hex = (octets: Uint8Array | undefined): string => Buffer.from(octets ?? []).toString('hex');
