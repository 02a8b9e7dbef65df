import { RanRefusal } from '@ricochet/e2-node';
import { BackOff, oneLine } from '@ricochet/platform';
import { type Timers } from '@ricochet/e2ap';
import { WebSocketClient } from '../web-socket/web-socket-client.js';

/** A command of the remote control, by its name and arguments. */
export interface RemoteCommand {
  readonly cmd: string;
  readonly [argument: string]: unknown;
}

/** Hears what comes beside the answers, and of the connection. */
export interface RemoteControlListener {
  /** Connected: commands can be sent. */
  connected(): void;
  /** Not, or no longer; a new attempt follows. */
  lost(reason: string): void;
  /** JSON that answers nothing: metrics. */
  metrics(value: unknown, text: string): void;
  /** Text that is no JSON. */
  garbage(text: string): void;
}

export interface RemoteControlOptions {
  /** `ws://host:port`. */
  readonly url: string;
  readonly timers: Timers;
}

interface Waiting {
  readonly command: RemoteCommand;
  readonly resolve: () => void;
  readonly reject: (refusal: RanRefusal) => void;
}

/** The gNB itself said no, in these words. */
export class GnbRefusal extends RanRefusal {}

/** srsRAN takes no longer message. */
const MAX_COMMAND_BYTES = 16 * 1024;
const MAX_WAITING = 64;
const ANSWER_TIMEOUT_MS = 5_000;
const [FIRST_RETRY_MS, LAST_RETRY_MS] = [500, 15_000];

/**
 * The remote control of srsRAN 25.04 and later: JSON commands over a WebSocket, one at a time, since answers bear
 * nothing but the command's name. An answer that does not come in time would be taken for the next one's, so the
 * connection is closed then.
 */
export class RemoteControl {
  private readonly backOff = new BackOff(FIRST_RETRY_MS, LAST_RETRY_MS);
  private readonly waiting: Waiting[] = [];
  private asked: Waiting | undefined;
  private socket: WebSocketClient | undefined;
  private isOpen = false;
  private isClosed = false;
  private stopTimer: (() => void) | undefined;
  private stopRetry: (() => void) | undefined;

  constructor(
    private readonly options: RemoteControlOptions,
    private readonly listener: RemoteControlListener,
  ) {}

  start(): void {
    if (this.isClosed) return;
    this.socket = new WebSocketClient(this.options, {
      opened: () => {
        this.isOpen = true;
        this.listener.connected();
      },
      text: (text) => this.hear(text),
      closed: (reason) => this.lose(reason),
    });
  }

  close(): void {
    this.isClosed = true;
    this.stopRetry?.();
    this.socket?.close();
    this.refuseAll('the adapter stops');
  }

  /**
   * Resolves when the gNB has said yes.
   * @throws {RanRefusal} when it says no, or nothing
   */
  command(command: RemoteCommand): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = (why: string) => reject(new RanRefusal(`${command.cmd}: ${why}`));
      if (!this.isOpen) return refuse('not connected to the gNB');
      if (this.waiting.length >= MAX_WAITING) return refuse(`${MAX_WAITING} commands wait already`);
      if (Buffer.byteLength(JSON.stringify(command)) > MAX_COMMAND_BYTES) {
        return refuse(`longer than the ${MAX_COMMAND_BYTES} octets that the gNB takes`);
      }
      this.waiting.push({ command, resolve, reject });
      this.sendNext();
    });
  }

  private sendNext(): void {
    if (this.asked !== undefined) return;
    this.asked = this.waiting.shift();
    if (this.asked === undefined) return;
    this.socket?.send(JSON.stringify(this.asked.command));
    this.stopTimer = this.options.timers.after(ANSWER_TIMEOUT_MS, () => {
      this.refuse(`no answer within ${ANSWER_TIMEOUT_MS / 1000} s`);
      this.socket?.close();
      this.lose('it did not answer a command in time');
    });
  }

  private hear(text: string): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return this.listener.garbage(text);
    }
    const answer = answerOf(value);
    if (answer === undefined) return this.listener.metrics(value, text);
    // An error that names no command answers the one that was sent: nothing else is ever answered.
    const { asked } = this;
    if (asked === undefined || (answer.cmd ?? asked.command.cmd) !== asked.command.cmd) return;
    // One that connects and says nothing is no gNB: it is tried ever more seldom.
    this.backOff.reset();
    this.stopTimer?.();
    this.asked = undefined;
    if (answer.error === undefined) asked.resolve();
    else asked.reject(new GnbRefusal(`${asked.command.cmd}: ${answer.error}`));
    this.sendNext();
  }

  private refuse(why: string): void {
    const { asked } = this;
    this.stopTimer?.();
    this.asked = undefined;
    asked?.reject(new RanRefusal(`${asked.command.cmd}: ${why}`));
  }

  private lose(reason: string): void {
    this.isOpen = false;
    this.refuseAll(reason);
    if (this.isClosed) return;
    this.stopRetry = this.options.timers.after(this.backOff.next(), () => this.start());
    this.listener.lost(reason);
  }

  private refuseAll(reason: string): void {
    this.refuse(`the gNB has gone: ${reason}`);
    for (const { command, reject } of this.waiting.splice(0)) {
      reject(new RanRefusal(`${command.cmd}: the gNB has gone: ${reason}`));
    }
  }
}

/** An answer to a command: its name, an error, or both; metrics have neither. A yes has the name. */
function answerOf(value: unknown): { readonly cmd?: string; readonly error?: string } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { cmd, error } = value as { readonly cmd?: unknown; readonly error?: unknown };
  if (typeof cmd !== 'string' && error === undefined) return undefined;
  return {
    ...(typeof cmd === 'string' && { cmd }),
    ...(error !== undefined && { error: typeof error === 'string' ? oneLine(error) : 'an error' }),
  };
}
