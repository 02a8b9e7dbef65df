import {
  E2apAssociation,
  type E2apCodec,
  type E2SetupRequest,
  type E2SetupResponse,
  E2SetupRefused,
  type MessageHandlers,
  requestE2Setup,
  type Timers,
  type Transport,
} from '@ricochet/e2ap';
import { BackOff, messageOf } from '@ricochet/platform';
import { afterSetUp } from './after-set-up.js';

const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 1_000;

/** Where a node's lines go. */
export interface NodeLog {
  info(line: string): void;
  warn(line: string): void;
}

export interface E2LinkOptions {
  readonly nodeId: string;
  /** Opens an association with the RIC. */
  readonly connect: () => Promise<Transport>;
  readonly timers: Timers;
  readonly codec: E2apCodec;
  readonly setupRequest: () => Omit<E2SetupRequest, 'transactionId'>;
  /** Of one association. */
  readonly handlers: () => MessageHandlers;
  /** How long it waits before another attempt; a growing time when absent. */
  readonly setupRetryMs?: number | undefined;
  /** The RIC has answered the E2 Setup; whoever closes the association in here is not set up. */
  readonly onResponse?: (response: E2SetupResponse) => void;
  readonly onSetUp?: () => void;
  readonly onClosed: () => void;
  /** A PDU came that could not be read. */
  readonly onGarbage?: ((reason: string) => void) | undefined;
  readonly log: NodeLog;
}

/** Keeps an E2 node connected to its RIC: opens associations, sets up, and again whenever one is lost. */
export class E2Link {
  private current: E2apAssociation | undefined;
  private setUp = false;
  /** How long it stays away once the association has ended. */
  private awayMs = 0;
  private isStopped = false;
  /** Why no connection is tried. */
  private suspension: string | undefined;
  private wake: (() => void) | undefined;
  private endPause: (() => void) | undefined;

  constructor(private readonly options: E2LinkOptions) {}

  /** Present from the beginning of an E2 Setup on. */
  get association(): E2apAssociation | undefined {
    return this.current;
  }

  get isSetUp(): boolean {
    return this.setUp;
  }

  /** Connects, and again whenever the connection is lost, until `stop`. */
  async run(): Promise<void> {
    const { nodeId, log, setupRetryMs } = this.options;
    const backOff = new BackOff(FIRST_RETRY_MS, MAX_RETRY_MS);
    let complaint: string | undefined;
    while (!this.isStopped) {
      try {
        if (this.suspension !== undefined) {
          await new Promise<void>((resolve) => (this.wake = resolve));
          continue;
        }
        this.awayMs = setupRetryMs ?? 0;
        const { closed } = await this.connect();
        backOff.reset();
        complaint = undefined;
        log.warn(`${nodeId}: E2 connection lost: ${await closed}`);
        if (this.awayMs > 0) await this.pause(this.awayMs);
      } catch (error) {
        const reason = messageOf(error);
        if (reason !== complaint) log.info(`${nodeId}: no E2 connection yet: ${reason}`);
        complaint = reason;
        const timeToWaitMs = error instanceof E2SetupRefused ? error.timeToWaitMs : 0;
        await this.pause(Math.max(setupRetryMs ?? backOff.next(), timeToWaitMs));
      }
    }
  }

  /** Loses the connection on purpose, and keeps it lost until `resume`. */
  suspend(reason: string): void {
    this.suspension = reason;
    this.close(reason);
  }

  resume(): void {
    this.suspension = undefined;
    this.wake?.();
  }

  stop(reason: string): void {
    this.isStopped = true;
    this.wake?.();
    this.endPause?.();
    this.close(reason);
  }

  close(reason: string): void {
    this.current?.close(reason);
  }

  /** How long it stays away after the association's end. */
  stayAway(forMs: number): void {
    this.awayMs = forMs;
  }

  /** Opens an association and sets up; gives what resolves with the reason when it closes. */
  private async connect(): Promise<{ closed: Promise<string> }> {
    const { timers, codec, log, nodeId, onClosed, onGarbage } = this.options;
    const transport = await this.options.connect();
    let tellClosed: (reason: string) => void;
    const closed = new Promise<string>((resolve) => (tellClosed = resolve));
    let tellSetUp = (): void => undefined;
    const setUp = new Promise<void>((resolve) => (tellSetUp = resolve));
    const association = new E2apAssociation(transport, {
      codec,
      timers,
      handlers: afterSetUp(this.options.handlers(), { isSetUp: () => this.setUp, setUp }),
      onClosed: (reason) => {
        this.setUp = false;
        this.current = undefined;
        onClosed();
        tellClosed(reason);
      },
      onTrouble: (line) => log.warn(`${nodeId}: ${line}`),
      onIgnored: (line) => log.info(`${nodeId}: ${line}`),
      ...(onGarbage !== undefined && {
        onRefused: ({ reason }: { readonly reason: string }) => onGarbage(reason),
      }),
    });
    this.current = association;
    try {
      const response = await requestE2Setup(association, this.options.setupRequest());
      if (this.suspension !== undefined) association.close(this.suspension);
      this.options.onResponse?.(response);
      this.setUp = association.isOpen;
      log.info(`${nodeId}: connected`);
      this.options.onSetUp?.();
      if (association.isOpen) tellSetUp();
    } catch (error) {
      association.close('E2 Setup failed');
      throw error;
    }
    return { closed };
  }

  /** Waits so long, or until `stop`. */
  private async pause(delayMs: number): Promise<void> {
    if (this.isStopped) return;
    await new Promise<void>((resolve) => {
      const cancel = this.options.timers.after(delayMs, resolve);
      this.endPause = () => {
        cancel();
        resolve();
      };
    });
  }
}
