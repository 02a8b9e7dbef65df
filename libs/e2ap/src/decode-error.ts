import { type MessageValue, type MessageName } from './pdu.js';

/** What is known of octets that could not be decoded. */
export interface DecodeErrorDetails {
  /** The message that the octets claim to be, if they could be read so far. */
  readonly claimed?: MessageName | undefined;
  /** What an Error Indication about it holds: cause, ids as far as they could be read, diagnostics. */
  readonly report?: MessageValue<'ErrorIndication'>;
  /** The octets are E2AP of the other codec: nothing that we answer would be understood. */
  readonly isOtherCodec?: boolean;
  readonly cause?: unknown;
}

/** Octets that are no E2AP PDU: says where and what was expected. */
export class E2apDecodeError extends Error {
  override readonly name = 'E2apDecodeError';
  readonly claimed: MessageName | undefined;
  readonly report: MessageValue<'ErrorIndication'>;
  readonly isOtherCodec: boolean;

  constructor(message: string, details: DecodeErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.claimed = details.claimed;
    this.report = details.report ?? { cause: { protocol: 'transfer-syntax-error' } };
    this.isOtherCodec = details.isOtherCodec ?? false;
  }
}
