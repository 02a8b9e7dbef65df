import { type IgnoredIe } from '@ricochet/asn1';
import { type DecodeOptions, type E2apCodec } from './codec.js';
import { E2apDecodeError } from './decode-error.js';
import { type E2apPdu, type MessageName, type MessageValue } from './pdu.js';
import {
  correlationOf,
  failureAbout,
  NoAnswer,
  procedureAnsweredBy,
  ProcedureFailure,
  procedures,
  type ProcedureName,
  type ProcedureRequest,
  type ProcedureSuccess,
} from './procedures.js';
import { type Timers, type Transport } from './transport.js';
import { formatCause, type Cause } from './types/cause.js';

/** What the owner of an association does with the messages that its peer begins with. */
export type MessageHandlers = { readonly [N in MessageName]?: (value: MessageValue<N>) => void };

export interface AssociationOptions {
  readonly codec: E2apCodec;
  readonly timers: Timers;
  readonly handlers: MessageHandlers;
  readonly onClosed: (reason: string) => void;
  /** One line for what a peer sent that can not be used, or that came too late. */
  readonly onTrouble: (line: string) => void;
  /** One line for each IE that we do not know and passed over, once an association. */
  readonly onIgnored?: (line: string) => void;
}

interface Pending {
  readonly procedure: ProcedureName;
  readonly settle: (answer: E2apPdu | NoAnswer) => void;
  readonly cancelTimer: () => void;
}

/**
 * E2AP over one transport, either role: answers find their requests, requests find their handler, and what
 * can not be read is told to the peer in an Error Indication. A bad message never throws out of here.
 */
export class E2apAssociation {
  private readonly pending = new Map<string, Pending>();
  private readonly ignored = new Set<number>();
  private readonly decodeOptions: DecodeOptions = { onIgnored: (ie) => this.tellIgnored(ie) };
  private open = true;
  /** Something that came could be read. */
  private hasUnderstood = false;

  constructor(
    private readonly transport: Transport,
    private readonly options: AssociationOptions,
  ) {
    transport.listen({
      onPdu: (octets) => this.receive(octets),
      onClosed: (reason) => this.closed(reason),
    });
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Sends a message that expects no answer, or is one. */
  send<N extends MessageName>(message: N, value: MessageValue<N>): void {
    if (this.open) this.transport.send(this.options.codec.encode({ message, value } as E2apPdu));
  }

  /**
   * Runs a class 1 procedure.
   * @throws ProcedureFailure with the peer's cause; NoAnswer after `timeoutMs` or at the close.
   */
  async call<P extends ProcedureName>(
    procedure: P,
    value: ProcedureRequest<P>,
    timeoutMs: number,
  ): Promise<ProcedureSuccess<P>> {
    const messages = procedures[procedure];
    const request = { message: messages.request, value } as E2apPdu;
    const key = `${procedure} ${correlationOf(request)}`;
    if (!this.open) throw new NoAnswer('closed', `${procedure}: the association is closed`);
    if (this.pending.has(key)) throw new Error(`${key} is already under way`);
    const octets = this.options.codec.encode(request);
    const answer = await new Promise<E2apPdu | NoAnswer>((settle) => {
      const cancelTimer = this.options.timers.after(timeoutMs, () => {
        this.pending.delete(key);
        settle(new NoAnswer('timed-out', `${procedure}: no answer within ${timeoutMs} ms`));
      });
      this.pending.set(key, { procedure, settle, cancelTimer });
      this.transport.send(octets);
    });
    if (answer instanceof NoAnswer) throw answer;
    if (answer.message === messages.success) return answer.value as ProcedureSuccess<P>;
    const { cause = { protocol: 'unspecified' } } = answer.value as { cause?: Cause };
    throw new ProcedureFailure(cause, answer, `${procedure}: ${formatCause(cause)}`);
  }

  close(reason: string): void {
    if (this.open) this.transport.close(reason);
  }

  private receive(octets: Uint8Array): void {
    let pdu: E2apPdu;
    try {
      pdu = this.options.codec.decode(octets, this.decodeOptions);
    } catch (error) {
      if (!(error instanceof E2apDecodeError)) throw error;
      this.refuse(error);
      return;
    }
    this.hasUnderstood = true;
    const procedure = procedureAnsweredBy(pdu.message);
    if (procedure === undefined) this.handle(pdu);
    else this.settle(`${procedure} ${correlationOf(pdu)}`, pdu);
  }

  /** Tells the peer what of its PDU could not be read, by a failure message where there is one (clause 10). */
  private refuse({ message, claimed, report, isOtherCodec }: E2apDecodeError): void {
    this.options.onTrouble(`PDU refused: ${message}`);
    if (isOtherCodec && !this.hasUnderstood) {
      this.close(message);
      return;
    }
    // Two ends that can not read each other's Error Indications would else exchange them for ever.
    if (claimed === 'ErrorIndication') return;
    const isUnderstoodSoFar = report.cause !== undefined && !isTransferSyntaxError(report.cause);
    const failure = isUnderstoodSoFar && claimed !== undefined ? failureAbout(claimed, report) : undefined;
    if (failure === undefined) this.send('ErrorIndication', report);
    else this.send(failure.message, failure.value);
  }

  private tellIgnored({ id, criticality, bitOffset }: IgnoredIe): void {
    if (this.ignored.has(id)) return;
    this.ignored.add(id);
    this.options.onIgnored?.(
      `passed over IE ${id}, which is unknown here (${criticality}, at bit ${bitOffset})`,
    );
  }

  private settle(key: string, answer: E2apPdu): void {
    const pending = this.pending.get(key);
    if (pending === undefined) {
      this.options.onTrouble(`${answer.message} ${correlationOf(answer)} answers nothing that was asked`);
      return;
    }
    this.pending.delete(key);
    pending.cancelTimer();
    pending.settle(answer);
  }

  private handle(pdu: E2apPdu): void {
    const handler = this.options.handlers[pdu.message] as ((value: unknown) => void) | undefined;
    if (handler !== undefined) return handler(pdu.value);
    if (pdu.message === 'ErrorIndication') {
      const { cause } = pdu.value;
      this.options.onTrouble(
        `peer reports an error: ${cause === undefined ? 'no cause' : formatCause(cause)}`,
      );
      return;
    }
    this.send('ErrorIndication', { cause: { protocol: 'message-not-compatible-with-receiver-state' } });
    this.options.onTrouble(`${pdu.message} is not expected here`);
  }

  private closed(reason: string): void {
    this.open = false;
    for (const { procedure, settle, cancelTimer } of this.pending.values()) {
      cancelTimer();
      settle(new NoAnswer('closed', `${procedure}: ${reason}`));
    }
    this.pending.clear();
    this.options.onClosed(reason);
  }
}

function isTransferSyntaxError(cause: Cause): boolean {
  return 'protocol' in cause && cause.protocol === 'transfer-syntax-error';
}
