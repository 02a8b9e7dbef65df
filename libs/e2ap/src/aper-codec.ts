import { Asn1Error, decodePer, encodePer, type SentForms } from '@ricochet/asn1';
import { type Claim, claimOf } from './claim.js';
import { type E2apCodec } from './codec.js';
import { E2apDecodeError } from './decode-error.js';
import { e2apPdu, type MessageName, type MessageValue } from './pdu.js';
import { type Cause } from './types/cause.js';

const OPEN_BRACE = 0x7b;

/** E2AP as it is on the wire: aligned PER. `encode` throws Asn1Error for a value that is none. */
export const aperCodec: E2apCodec = {
  encode: (pdu) => encodePer(e2apPdu, pdu, { forms: pdu }),

  decode(octets, { onIgnored } = {}) {
    let forms: SentForms | undefined;
    try {
      const pdu = decodePer(e2apPdu, octets, { onIgnored, onForms: (told) => (forms = told) });
      return forms === undefined ? pdu : { ...pdu, ...forms };
    } catch (error) {
      if (!(error instanceof Asn1Error)) throw error;
      throw decodeError(octets, error);
    }
  },
};

function decodeError(octets: Uint8Array, cause: Asn1Error): E2apDecodeError {
  if (octets[0] === OPEN_BRACE) {
    return new E2apDecodeError('not E2AP in APER: it looks like JSON: --e2-codec json', {
      isOtherCodec: true,
      cause,
    });
  }
  const claim = claimOf(octets);
  const words = cause.path === '' ? `not E2AP in APER: ${cause.message}` : cause.message;
  const text = (claim && olderVersion(claim)) ?? words;
  return new E2apDecodeError(text, { claimed: claim?.message, report: reportOf(claim, cause), cause });
}

/** Codes of the procedures whose messages have had a TransactionID since v2.00. */
const TRANSACTIONS: readonly number[] = [1, 3, 6, 7, 10, 11, 13];

/** What is in messages of E2AP v1.01 and not in ours. */
const v1Signs: readonly { readonly message: MessageName; readonly ie: number; readonly words: string }[] = [
  { message: 'E2setupRequest', ie: 33, words: 'the component configuration is under IE 33' },
  { message: 'RICcontrolAcknowledge', ie: 24, words: 'there is a RICcontrolStatus' },
  { message: 'RICsubscriptionFailure', ie: 18, words: 'there is a list of actions instead of a cause' },
];

/** Says so of a message of E2AP v1.01. */
function olderVersion({ message, procedureCode, ies }: Claim): string | undefined {
  const words =
    v1Signs.find((sign) => sign.message === message && ies.includes(sign.ie))?.words ??
    (TRANSACTIONS.includes(procedureCode) && ies.length > 0 && !ies.includes(49)
      ? 'there is no TransactionID'
      : undefined);
  return words && `${message} of E2AP v1.01: ${words}; this program speaks v2.03 and v3.01`;
}

const protocolCauses: Readonly<Record<string, Cause>> = {
  ASN1_UNKNOWN_IE: { protocol: 'abstract-syntax-error-reject' },
  ASN1_MISSING_IE: { protocol: 'abstract-syntax-error-reject' },
  ASN1_UNKNOWN_PROCEDURE: { protocol: 'abstract-syntax-error-reject' },
  ASN1_UNKNOWN_EXTENSION: { protocol: 'abstract-syntax-error-reject' },
  ASN1_DUPLICATE_IE: { protocol: 'abstract-syntax-error-falsely-constructed-message' },
};

const triggers = ['initiating-message', 'successful-outcome', 'unsuccessful-outcome'] as const;

/** What an Error Indication about the PDU says (clause 10). */
function reportOf(claim: Claim | undefined, { code, ie }: Asn1Error): MessageValue<'ErrorIndication'> {
  const transferError: Cause = { protocol: 'transfer-syntax-error' };
  const triggeringMessage = triggers[claim?.choice ?? -1];
  if (claim === undefined || triggeringMessage === undefined) return { cause: transferError };
  return {
    ...claim.ids,
    cause: protocolCauses[code] ?? transferError,
    criticalityDiagnostics: {
      procedureCode: claim.procedureCode,
      triggeringMessage,
      procedureCriticality: claim.criticality,
      ...(ie && {
        iesCriticalityDiagnostics: [
          {
            ieCriticality: ie.criticality,
            ieId: ie.id,
            typeOfError: code === 'ASN1_MISSING_IE' ? 'missing' : 'not-understood',
          },
        ],
      }),
    },
  };
}
