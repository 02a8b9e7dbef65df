import { Asn1Error, type IgnoredIe } from '@ricochet/asn1';
import {
  aperCodec,
  claimOf,
  E2apDecodeError,
  messages,
  rawIes,
  type MessageName,
  type RawIe,
} from '@ricochet/e2ap';
import { type ServiceModel } from '@ricochet/e2sm';
import { AssociationKnowledge } from './association-knowledge.js';
import { payloadsIn, readPayloads, type RanFunctionModel } from './payload.js';
import { type TreeNames } from './value-tree.js';

/** A PDU as far as it could be read. */
export type DecodedPdu = ReadPdu | UnreadPdu;

export interface ReadPdu {
  readonly octets: Uint8Array;
  readonly message: MessageName;
  /** Its IEs, with what service models say in them as Payload. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly ranFunction: RanFunctionModel | undefined;
  readonly names: TreeNames;
  readonly ignored: readonly IgnoredIe[];
  /** Criticalities that the standard has otherwise, by IE id, or of the `procedure`. */
  readonly criticalities: Readonly<Record<string, string>>;
  /** Some payload should have been readable and was not. */
  readonly hasFault: boolean;
}

export interface UnreadPdu {
  readonly octets: Uint8Array;
  readonly reason: string;
  /** What it claims to be, if it begins like a PDU. */
  readonly claimed: { readonly message: string | undefined; readonly procedureCode: number } | undefined;
  readonly ies: readonly RawIe[];
}

/** Decodes PDUs one after the other, and remembers of each association what helps with the next. */
export class PduDecoder {
  private readonly associations = new Map<string, AssociationKnowledge>();

  /** @param given service models by RAN function id, where no set-up tells */
  constructor(private readonly given: ReadonlyMap<number, ServiceModel>) {}

  decode(octets: Uint8Array, association: string): DecodedPdu {
    const ignored: IgnoredIe[] = [];
    try {
      const pdu = aperCodec.decode(octets, { onIgnored: (ie) => ignored.push(ie) });
      const knowledge = this.knowledgeOf(association);
      const value = readPayloads(pdu.value, (id, oid) => knowledge.modelOf(id, oid));
      knowledge.learn(pdu, value);
      const hasFault = payloadsIn(value).some(({ outcome }) => 'reason' in outcome && outcome.isFault);
      return {
        octets,
        message: pdu.message,
        value,
        ranFunction: 'ranFunctionId' in pdu.value ? knowledge.modelOf(pdu.value.ranFunctionId) : undefined,
        names: knowledge.namesFor(value),
        ignored,
        criticalities: pdu.criticalities ?? {},
        hasFault,
      };
    } catch (error) {
      if (!(error instanceof E2apDecodeError)) throw error;
      return { octets, reason: reasonOf(error), claimed: claimOf(octets), ies: rawIes(octets) };
    }
  }

  private knowledgeOf(association: string): AssociationKnowledge {
    let knowledge = this.associations.get(association);
    if (knowledge === undefined) {
      knowledge = new AssociationKnowledge(this.given);
      this.associations.set(association, knowledge);
    }
    return knowledge;
  }
}

/** What the commonest faults mean, in words. */
const WORDS: Readonly<Record<string, string>> = {
  ASN1_TRUNCATED: 'truncated',
  ASN1_TRAILING: 'octets left over',
  ASN1_UNKNOWN_PROCEDURE: 'unknown procedure',
};

function reasonOf({ message, cause }: E2apDecodeError): string {
  // Not where the message already says more than its cause.
  const isItsCause = cause instanceof Asn1Error && message.endsWith(cause.message);
  const words = isItsCause ? WORDS[cause.code] : undefined;
  return words === undefined ? message : `${words}: ${message}`;
}

/** The procedure code and the alternative of E2AP-PDU that a message has. */
export function headOf(message: MessageName): { procedureCode: number; choice: string } {
  const { procedureCode, choice } = messages[message];
  return { procedureCode, choice };
}
