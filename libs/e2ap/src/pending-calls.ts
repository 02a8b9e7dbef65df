import { type E2apDecodeError } from './decode-error.js';
import { messages, type E2apPdu, type MessageName, type MessageValue } from './pdu.js';
import {
  correlationOf,
  NoAnswer,
  procedureAnsweredBy,
  procedures,
  type ProcedureName,
} from './procedures.js';
import { type PeerProfile } from './profiles/profile.js';
import { type Timers } from './transport.js';

const MAX_PENDING = 4_096;

/** Under this RIC request id srsRAN answers the deletion of a subscription that it does not know. */
const ZERO_ID = '0/0';

interface Call {
  readonly procedure: ProcedureName;
  readonly request: E2apPdu;
  readonly timeoutMs: number;
}

interface Pending {
  readonly procedure: ProcedureName;
  readonly correlation: string;
  /** Gone when it has been called: a table that the Map has outgrown may hold this for long. */
  settle: ((answer: E2apPdu | Error) => void) | undefined;
}

type ErrorReport = Extract<E2apPdu, { message: 'ErrorIndication' }>;

/** The class 1 procedures of one association that wait for their answers. */
export class PendingCalls {
  private readonly byKey = new Map<string, Pending>();

  constructor(private readonly timers: Timers) {}

  /**
   * Sends a request and gives the answer: the success or failure message, or an Error Indication about the request.
   * @throws NoAnswer; what `send` throws; Error when the same is under way, or too much is
   */
  async run({ procedure, request, timeoutMs }: Call, send: () => void): Promise<E2apPdu> {
    const correlation = correlationOf(request);
    const key = `${procedure} ${correlation}`;
    if (this.byKey.has(key)) throw new Error(`${key} is already under way`);
    if (this.byKey.size >= MAX_PENDING) {
      throw new Error(`${key}: ${MAX_PENDING} procedures wait already for their answers`);
    }
    return new Promise<E2apPdu>((resolve, reject) => {
      const pending: Pending = { procedure, correlation, settle: undefined };
      const cancelTimer = this.timers.after(timeoutMs, () =>
        pending.settle?.(new NoAnswer('timed-out', `${procedure}: no answer within ${timeoutMs} ms`)),
      );
      pending.settle = (answer) => {
        pending.settle = undefined;
        this.byKey.delete(key);
        cancelTimer();
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      };
      this.byKey.set(key, pending);
      try {
        send();
      } catch (error) {
        this.byKey.get(key)?.settle?.(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  /** Gives an answer to the call that it answers; `false` when there is none. */
  settle(answer: E2apPdu, { unknownDeleteAnswersZero }: PeerProfile): boolean {
    const procedure = procedureAnsweredBy(answer.message);
    const correlation = correlationOf(answer);
    let pending = this.byKey.get(`${procedure} ${correlation}`);
    if (
      answer.message === 'RICsubscriptionDeleteFailure' &&
      unknownDeleteAnswersZero &&
      correlation === ZERO_ID
    ) {
      const [only, ...others] = this.all().filter((call) => call.procedure === procedure);
      pending ??= others.length === 0 ? only : undefined;
    }
    pending?.settle?.(answer);
    return pending !== undefined;
  }

  /** Ends the call that an Error Indication of the peer is about, if it is about one. */
  settleReported(report: ErrorReport): void {
    const { criticalityDiagnostics: about, cause } = report.value;
    const { triggeringMessage = 'initiating-message', procedureCode } = about ?? {};
    const correlation = correlationOf(report);
    if (cause === undefined || correlation === '' || triggeringMessage !== 'initiating-message') return;
    for (const pending of this.all()) {
      const { request } = procedures[pending.procedure];
      const isOfProcedure =
        (procedureCode ?? messages[request].procedureCode) === messages[request].procedureCode;
      if (pending.correlation === correlation && isOfProcedure) pending.settle?.(report);
    }
  }

  /** Ends the call whose answer, as it claims to be, came and could not be read. */
  fail(claimed: MessageName, ids: MessageValue<'ErrorIndication'>, error: E2apDecodeError): void {
    const correlation = correlationOf({ message: 'ErrorIndication', value: ids });
    this.byKey.get(`${procedureAnsweredBy(claimed)} ${correlation}`)?.settle?.(error);
  }

  end(reason: string): void {
    for (const { procedure, settle } of this.all()) {
      settle?.(new NoAnswer('closed', `${procedure}: ${reason}`));
    }
  }

  private all(): Pending[] {
    return [...this.byKey.values()];
  }
}
