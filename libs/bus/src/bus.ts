import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EventContract, type RequestContract } from '@ricochet/contracts';
import {
  connect,
  createInbox,
  errors,
  type Msg,
  type NatsConnection,
  type Subscription,
} from '@nats-io/transport-node';
import { BusError } from './bus.error.js';
import { HeldBack } from './held-back.js';
import { decodeMessage, encodeMessage, errorReply, replySchema } from './message.codec.js';

export interface BusOptions {
  /** `nats://user:password@host:port`. */
  readonly url: string;
  /** Shown by the server in its list of connections. */
  readonly name: string;
  /** One line for each message that could not be read, and for each change of the connection. */
  readonly onTrouble: (line: string) => void;
  /** Keep trying the first connection instead of failing: the broker may start later. */
  readonly waitForServer?: boolean;
  /** Whether even what can wait goes out at once, as where simulation time waits for it. */
  readonly isHurried?: () => boolean;
}

export interface SendOptions {
  /** It goes along with what is sent next, or after about two milliseconds. */
  readonly canWait?: boolean;
}

/**
 * A request under way, which holds nothing any more when it is over. A Map that grows leaves its former table behind,
 * and with it what was in it then: once that table is in the old generation it is collected with the whole heap only.
 */
interface PendingRequest {
  settle: ((answer: Msg | BusError) => void) | undefined;
}

/** Ends a subscription. */
export type Unsubscribe = () => void;

const RECONNECT_WAIT_MS = 250;
const HELD_BACK_MS = 2;
/** First token of the subjects that answers go to: whoever may ask must not have us publish anywhere else. */
const INBOXES = '_INBOX';
/** Status of the server's message that a subject has no subscriber. */
const NO_RESPONDERS = 503;

/** Typed publish, subscribe and request over one NATS connection; every message is checked at the door. */
export class Bus {
  private invalid = 0;
  private up = true;
  private readonly awaited = new Map<string, PendingRequest>();
  /** Where it hears answers: all its inboxes begin with this, and those of its user alone. */
  readonly inboxPrefix: string;
  private readonly inbox: string;
  private readonly connectionHandlers = new Set<(up: boolean) => void>();
  private readonly heldBack = new HeldBack(HELD_BACK_MS);

  private constructor(
    /** For this room's other doors, such as the object store. */
    readonly connection: NatsConnection,
    private readonly options: BusOptions,
  ) {
    this.inboxPrefix = inboxPrefixOf(options);
    this.inbox = createInbox(this.inboxPrefix);
    this.listenForAnswers();
  }

  /**
   * With `waitForServer` it tries until it is let in; being refused is told once.
   * @throws BusError `BUS_UNREACHABLE` or `BUS_AUTHENTICATION`.
   */
  static async connect(options: BusOptions): Promise<Bus> {
    let told = false;
    for (;;) {
      try {
        const bus = new Bus(await dial(options), options);
        void bus.watchConnection();
        return bus;
      } catch (error) {
        if (!options.waitForServer || !(error instanceof BusError)) throw error;
        // A server that is not there yet is what we wait for; a refusal is a fault that somebody must mend.
        if (error.code === 'BUS_AUTHENTICATION' && !told) {
          options.onTrouble(`${error.message}; trying again`);
          told = true;
        }
        await sleep(RECONNECT_WAIT_MS);
      }
    }
  }

  /** Whether the server can be reached at this moment. */
  get isUp(): boolean {
    return this.up && !this.connection.isClosed();
  }

  /** Messages that could not be read since the start. */
  get invalidMessages(): number {
    return this.invalid;
  }

  /** Calls back whenever the connection is lost or is there again. */
  onConnection(handler: (up: boolean) => void): Unsubscribe {
    this.connectionHandlers.add(handler);
    return () => this.connectionHandlers.delete(handler);
  }

  /** Publishes; while the server is away the message is dropped, as live data is worth nothing later. */
  publish<T>(contract: EventContract<T>, message: T): void {
    this.publishBytes(contract.subject, encodeMessage(message));
  }

  /** As {@link publish}. What can wait and can not be sent then is told. @throws what NATS does not take, if it is sent now */
  publishBytes(subject: string, payload: Uint8Array, { canWait = false }: SendOptions = {}): void {
    if (canWait && !this.isHurried) {
      this.heldBack.hold(() => {
        try {
          this.publishNow(subject, payload);
        } catch (error) {
          this.options.onTrouble(`message dropped: ${subject}: ${(error as Error).message}`);
        }
      });
      return;
    }
    this.heldBack.release();
    this.publishNow(subject, payload);
  }

  /** The handler is told the message's subject too: the contract's may have wildcards. */
  subscribe<T>(contract: EventContract<T>, handler: (message: T, subject: string) => void): Unsubscribe {
    return this.listen(contract.subject, (message) => {
      handler(decodeMessage(message.subject, contract.schema, message.data), message.subject);
    });
  }

  /** The handler is told, too, where a request wants its answer. */
  subscribeBytes(
    subject: string,
    handler: (payload: Uint8Array, subject: string, reply: string | undefined) => void,
  ): Unsubscribe {
    return this.listen(subject, (message) => handler(message.data, message.subject, message.reply));
  }

  /**
   * Asks and waits for the answer.
   * @throws BusError `BUS_NO_RESPONDER`, `BUS_TIMEOUT`, `BUS_CLOSED`, `BUS_REFUSED` (the other side's word) or
   * `BUS_INVALID_MESSAGE`.
   */
  async request<Q, R>(contract: RequestContract<Q, R>, message: Q, timeoutMs: number): Promise<R> {
    const reply = await this.ask(contract.subject, encodeMessage(message), timeoutMs);
    const decoded = decodeMessage(contract.subject, replySchema(contract.reply), reply.data);
    if ('error' in decoded) throw new BusError('BUS_REFUSED', decoded.error.message);
    return decoded.value;
  }

  /**
   * Answers requests, whose subject the handler is told too. What it throws becomes the error of the reply. While the
   * server is away answers are dropped, as who asked has been told.
   */
  serve<Q, R>(
    contract: RequestContract<Q, R>,
    handler: (message: Q, subject: string) => R | Promise<R>,
    options: SendOptions = {},
  ): Unsubscribe {
    const answer = async (message: Msg): Promise<void> => {
      if (message.reply !== undefined && !message.reply.startsWith(`${INBOXES}.`)) {
        this.options.onTrouble(`request dropped: ${message.subject}: wants its answer on ${message.reply}`);
        return;
      }
      try {
        const request = decodeMessage(message.subject, contract.request, message.data);
        const value = await handler(request, message.subject);
        this.answer(message, encodeMessage({ value }), options);
      } catch (error) {
        if (error instanceof BusError && error.code === 'BUS_INVALID_MESSAGE') this.reportInvalid(error);
        this.answer(message, encodeMessage(errorReply(error)), options);
      }
    };
    return this.listen(contract.subject, (message) => void answer(message));
  }

  /** Everything published has reached the server. */
  async flush(): Promise<void> {
    this.heldBack.release();
    await this.connection.flush();
  }

  async close(): Promise<void> {
    if (this.connection.isClosed()) return;
    this.heldBack.release();
    if (this.up) await this.connection.drain();
    else await this.connection.close();
  }

  private answer({ reply }: Msg, payload: Uint8Array, options: SendOptions): void {
    if (reply) this.publishBytes(reply, payload, options);
  }

  /** Nothing can wait: it has been asked for, or the connection is about to be closed. */
  private get isHurried(): boolean {
    return this.options.isHurried?.() === true || this.connection.isDraining();
  }

  private publishNow(subject: string, payload: Uint8Array): void {
    if (!this.isUp) return;
    try {
      this.connection.publish(subject, payload);
    } catch (error) {
      // It is being closed: as good as away.
      if (!(error instanceof errors.DrainingConnectionError)) throw error;
    }
  }

  private listen(subject: string, handler: (message: Msg) => void): Unsubscribe {
    const subscription: Subscription = this.connection.subscribe(subject, {
      callback: (error, message) => {
        if (error) return this.options.onTrouble(`NATS subscription ${subject}: ${error.message}`);
        try {
          handler(message);
        } catch (thrown) {
          this.reportInvalid(thrown);
        }
      },
    });
    return () => {
      if (!subscription.isClosed()) subscription.unsubscribe();
    };
  }

  /** A message that can not be read, or a handler that throws, costs that message and nothing else. */
  private reportInvalid(thrown: unknown): void {
    const unreadable = thrown instanceof BusError && thrown.code === 'BUS_INVALID_MESSAGE';
    if (unreadable) this.invalid += 1;
    const { message } = thrown as Error;
    this.options.onTrouble(
      unreadable ? `message dropped: ${message}` : `a message's handler failed: ${message}`,
    );
  }

  /**
   * Request and reply over one inbox of ours: the client's own `request` makes two errors with their stack
   * traces for every call, a tenth of an xApp's time.
   */
  private ask(subject: string, payload: Uint8Array, timeoutMs: number): Promise<Msg> {
    if (!this.isUp) return Promise.reject(new BusError('BUS_CLOSED', `${subject}: NATS is not connected`));
    return new Promise((resolve, reject) => {
      // Who is asked sees the inbox: the next question's answer must not be theirs to guess.
      const id = randomUUID();
      const awaited: PendingRequest = { settle: undefined };
      const timer = setTimeout(() => {
        awaited.settle?.(new BusError('BUS_TIMEOUT', `${subject}: no answer within ${timeoutMs} ms`));
      }, timeoutMs);
      awaited.settle = (answer) => {
        clearTimeout(timer);
        awaited.settle = undefined;
        this.awaited.delete(id);
        if (answer instanceof BusError) reject(answer);
        else if (answer.headers?.code === NO_RESPONDERS) {
          reject(new BusError('BUS_NO_RESPONDER', `${subject}: nobody answers`));
        } else resolve(answer);
      };
      this.awaited.set(id, awaited);
      this.heldBack.release();
      this.connection.publish(subject, payload, { reply: `${this.inbox}.${id}` });
    });
  }

  private listenForAnswers(): void {
    this.listen(`${this.inbox}.*`, (message) => {
      this.awaited.get(message.subject.slice(this.inbox.length + 1))?.settle?.(message);
    });
    void this.connection.closed().then(() => {
      for (const { settle } of [...this.awaited.values()]) {
        settle?.(new BusError('BUS_CLOSED', 'the connection to NATS was closed'));
      }
    });
  }

  private async watchConnection(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') this.changeTo(false);
      if (status.type === 'reconnect') this.changeTo(true);
      if (status.type === 'error') this.options.onTrouble(`NATS: ${status.error.message}`);
    }
  }

  private changeTo(up: boolean): void {
    if (this.up === up) return;
    this.up = up;
    this.options.onTrouble(up ? 'NATS is back' : 'NATS is gone; trying to reach it again');
    for (const handler of this.connectionHandlers) handler(up);
  }
}

/** By user, so that a server that keeps users apart keeps their inboxes apart too. */
function inboxPrefixOf({ url, name }: BusOptions): string {
  const user = decodeURIComponent(new URL(url).username) || name;
  return `${INBOXES}.${user.replaceAll(/[^\w-]/g, '_')}`;
}

/** One attempt to connect. @throws BusError `BUS_UNREACHABLE` or `BUS_AUTHENTICATION` */
async function dial(options: BusOptions): Promise<NatsConnection> {
  const url = new URL(options.url);
  try {
    return await connect({
      servers: url.host,
      ...(url.username && { user: decodeURIComponent(url.username) }),
      ...(url.password && { pass: decodeURIComponent(url.password) }),
      name: options.name,
      inboxPrefix: inboxPrefixOf(options),
      maxReconnectAttempts: -1,
      reconnectTimeWait: RECONNECT_WAIT_MS,
      reconnectJitter: 0,
      ignoreAuthErrorAbort: true,
    });
  } catch (error) {
    const unauthorised = error instanceof errors.AuthorizationError;
    throw new BusError(
      unauthorised ? 'BUS_AUTHENTICATION' : 'BUS_UNREACHABLE',
      `NATS at ${url.host}: ${unauthorised ? 'user or password refused' : 'no server answers'}`,
      { cause: error },
    );
  }
}
