import { type IgnoredIe } from '@ricochet/asn1';
import { BoundedLines } from './bounded-lines.js';
import { type DecodeOptions, type E2apCodec } from './codec.js';
import { E2apDecodeError } from './decode-error.js';
import { answerToUnreadable, formatErrorIndication, reportOnUnexpected } from './error-reports.js';
import { type E2apPdu, type MessageName, type MessageValue, type OtherCriticalities } from './pdu.js';
import { PendingCalls } from './pending-calls.js';
import {
  correlationOf,
  NoAnswer,
  procedureAnsweredBy,
  ProcedureFailure,
  ProcedureNotAllowed,
  procedures,
  type ProcedureName,
  type ProcedureRequest,
  type ProcedureSuccess,
} from './procedures.js';
import { type PeerProfile } from './profiles/profile.js';
import { profiles } from './profiles/profiles.js';
import { type SendOptions, type Timers, type Transport } from './transport.js';
import { Turns } from './turns.js';
import { formatCause, type Cause } from './types/cause.js';

/** What is done with a message that the peer begins with; `criticalities` are those that are not the standard's. */
export type MessageHandler<N extends MessageName> = (
  value: MessageValue<N>,
  association: E2apAssociation,
  criticalities?: OtherCriticalities,
) => void;

/** What the owner of an association does with the messages that its peer begins with. */
export type MessageHandlers = { readonly [N in MessageName]?: MessageHandler<N> };

export interface AssociationOptions {
  readonly codec: E2apCodec;
  readonly timers: Timers;
  readonly handlers: MessageHandlers;
  readonly onClosed: (reason: string) => void;
  /** One line for what a peer sent that can not be used, or that came too late; at most about ten a second. */
  readonly onTrouble: (line: string) => void;
  /** One line for each IE that we do not know and passed over, once an association. */
  readonly onIgnored?: (line: string) => void;
  /** Each PDU that could not be read, and why. */
  readonly onRefused?: (refused: { readonly octets: Uint8Array; readonly reason: string }) => void;
  /** How many PDUs in a row may be unreadable before the association is closed. */
  readonly maxRefused?: number;
  /** How many PDUs a second may be neither indications nor answers that were waited for; any number when absent. */
  readonly maxUnaskedPerS?: number;
}

const MAX_REFUSED = 100;
const SECOND_MS = 1_000;
const TRANSACTION_IDS = 256;

/**
 * E2AP over one transport, either role: answers find their requests, requests find their handler, and what
 * can not be read is told to the peer in an Error Indication. A bad message never throws out of here.
 */
export class E2apAssociation {
  /** What the peer takes; found out at set-up, as the standard has it until then. */
  profile: PeerProfile = profiles.oran;
  /** RIC Subscription Deletes that wait for others: see `requestSubscriptionDelete`. */
  readonly deletes = new Turns();
  private readonly pending: PendingCalls;
  private readonly trouble: BoundedLines;
  private readonly ignored = new Set<number>();
  private readonly decodeOptions: DecodeOptions = { onIgnored: (ie) => this.tellIgnored(ie) };
  private open = true;
  /** Something that came could be read. */
  private hasUnderstood = false;
  private cancelClosing: (() => void) | undefined;
  private refusedInARow = 0;
  private unasked = 0;
  private cancelSecond: (() => void) | undefined;
  private transactions = 0;

  constructor(
    private readonly transport: Transport,
    private readonly options: AssociationOptions,
  ) {
    this.pending = new PendingCalls(options.timers);
    this.trouble = new BoundedLines(options.timers, options.onTrouble);
    transport.listen({
      onPdu: (octets) => this.receive(octets),
      onClosed: (reason) => this.closed(reason),
    });
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** For the next global procedure that this end begins (clause 9.2.33). */
  nextTransactionId(): number {
    return this.transactions++ % TRANSACTION_IDS;
  }

  /** Sends a message that expects no answer, or is one; what the peer can not take is but told of. */
  send<N extends MessageName>(message: N, value: MessageValue<N>, options?: SendOptions): void {
    if (!this.open) return;
    if (this.profile.neverSend.has(message)) {
      this.trouble.tell(`${message} not sent: ${this.cannotTake(message)}`);
      return;
    }
    const octets = this.options.codec.encode({ message, value } as E2apPdu);
    try {
      this.transport.send(octets, options);
    } catch (error) {
      this.trouble.tell(`${message} not sent: ${wordsOf(error)}`);
    }
  }

  /** @throws ProcedureNotAllowed when the peer does not take the message, or passes it over. */
  assertTakes(message: MessageName): void {
    if (this.profile.neverSend.has(message)) throw new ProcedureNotAllowed(this.cannotTake(message));
    if (!this.profile.unanswered.has(message)) return;
    throw new ProcedureNotAllowed(`a ${this.profile.name} peer never answers ${message}`);
  }

  /**
   * Runs a class 1 procedure.
   * @throws ProcedureFailure with the peer's cause; NoAnswer after `timeoutMs` or at the close; ProcedureNotAllowed;
   *   E2apDecodeError when the answer can not be read; what the transport throws
   */
  async call<P extends ProcedureName>(
    procedure: P,
    value: ProcedureRequest<P>,
    timeoutMs: number,
  ): Promise<ProcedureSuccess<P>> {
    const messages = procedures[procedure];
    const request = { message: messages.request, value } as E2apPdu;
    this.assertTakes(messages.request);
    if (!this.open) throw new NoAnswer('closed', `${procedure}: the association is closed`);
    const octets = this.options.codec.encode(request);
    const answer = await this.pending.run({ procedure, request, timeoutMs }, () =>
      this.transport.send(octets),
    );
    if (answer.message === messages.success) return answer.value as ProcedureSuccess<P>;
    const { cause = { protocol: 'unspecified' } } = answer.value as { cause?: Cause };
    throw new ProcedureFailure(cause, answer, `${procedure}: ${formatCause(cause)}`);
  }

  close(reason: string): void {
    if (this.open) this.transport.close(reason);
  }

  /** Counts a PDU that nobody asked for; the owner calls it for indications that it has no use for. */
  countUnasked(): void {
    const { maxUnaskedPerS, timers } = this.options;
    if (maxUnaskedPerS === undefined) return;
    this.cancelSecond ??= timers.after(SECOND_MS, () => {
      this.unasked = 0;
      this.cancelSecond = undefined;
    });
    this.unasked += 1;
    if (this.unasked > maxUnaskedPerS) {
      this.close(`more than ${maxUnaskedPerS} PDUs in a second that nobody asked for`);
    }
  }

  /** Closes what the peer has not closed when the time is over. */
  closeAfter(delayMs: number, reason: string): void {
    this.cancelClosing ??= this.options.timers.after(delayMs, () => this.close(reason));
  }

  private receive(octets: Uint8Array): void {
    let pdu: E2apPdu;
    try {
      pdu = this.options.codec.decode(octets, this.decodeOptions);
    } catch (error) {
      // What a codec did not foresee is to cost no more than the PDU either.
      this.refuse(
        octets,
        error instanceof E2apDecodeError ? error : new E2apDecodeError(wordsOf(error), { cause: error }),
      );
      return;
    }
    this.hasUnderstood = true;
    this.refusedInARow = 0;
    if (procedureAnsweredBy(pdu.message) === undefined) this.handle(pdu);
    else this.settle(pdu);
  }

  /** Tells the peer what of its PDU could not be read, by a failure message where there is one (clause 10). */
  private refuse(octets: Uint8Array, error: E2apDecodeError): void {
    const { message, claimed, report, isOtherCodec } = error;
    this.refusedInARow += 1;
    this.countUnasked();
    this.options.onRefused?.({ octets, reason: message });
    if (claimed !== undefined) this.pending.fail(claimed, report, error);
    if (isOtherCodec && !this.hasUnderstood) {
      this.trouble.tell(`PDU refused: ${message}`);
      this.close(message);
      return;
    }
    const answer = answerToUnreadable(error);
    const isTold = answer === undefined || !this.profile.neverSend.has(answer.message);
    this.trouble.tell(
      `PDU refused${isTold ? '' : `, and not told (${this.cannotTake(answer.message)})`}: ${message}`,
    );
    if (answer !== undefined && isTold) this.send(answer.message, answer.value);
    const { maxRefused = MAX_REFUSED } = this.options;
    if (this.refusedInARow >= maxRefused) this.close(`${maxRefused} PDUs that could not be read`);
  }

  private cannotTake(message: MessageName): string {
    return `a ${this.profile.name} peer takes no ${message}`;
  }

  private tellIgnored({ id, criticality, bitOffset }: IgnoredIe): void {
    if (this.ignored.has(id)) return;
    this.ignored.add(id);
    this.options.onIgnored?.(
      `passed over IE ${id}, which is unknown here (${criticality}, at bit ${bitOffset})`,
    );
  }

  private settle(answer: E2apPdu): void {
    if (this.pending.settle(answer, this.profile)) return;
    this.countUnasked();
    this.trouble.tell(`${answer.message} ${correlationOf(answer)} answers nothing that was asked`);
  }

  private handle(pdu: E2apPdu): void {
    if (pdu.message !== 'RICindication') this.countUnasked();
    const isError = pdu.message === 'ErrorIndication';
    if (isError) this.pending.settleReported(pdu);
    const handler = this.options.handlers[pdu.message] as
      | ((value: unknown, association: E2apAssociation, criticalities?: OtherCriticalities) => void)
      | undefined;
    if (handler !== undefined) return handler(pdu.value, this, pdu.criticalities);
    if (isError) return this.trouble.tell(formatErrorIndication(pdu.value));
    this.trouble.tell(`${pdu.message} is not expected here`);
    this.send('ErrorIndication', reportOnUnexpected(pdu));
  }

  private closed(reason: string): void {
    this.open = false;
    this.cancelClosing?.();
    this.cancelSecond?.();
    this.pending.end(reason);
    this.trouble.flush();
    this.options.onClosed(reason);
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
