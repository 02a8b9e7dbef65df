import { connect, type Socket } from 'node:net';
import { BackOff, messageOf, oneLine } from '@ricochet/platform';
import { type Timers } from '@ricochet/e2ap';
import { answerOf } from './answer.js';
import { plainText } from './plain-text.js';

export interface TelnetListener {
  connected(): void;
  /** Not, or no longer; a new attempt follows. */
  lost(reason: string): void;
}

export interface TelnetOptions {
  readonly host: string;
  readonly port: number;
  readonly timers: Timers;
}

/** A command that the softmodem did not do; the message says why. */
export class TelnetRefusal extends Error {
  override readonly name = 'TelnetRefusal';
}

interface Asked {
  readonly command: string;
  readonly resolve: (answer: string) => void;
  readonly reject: (refusal: TelnetRefusal) => void;
}

const ANSWER_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** The longest answer, of a hundred UEs, is a tenth of it. */
const MAX_ANSWER = 256 * 1024;
const [FIRST_RETRY_MS, LAST_RETRY_MS] = [500, 15_000];
/** Of what was heard, as much as a prompt with what steers the terminal takes. */
const TAIL = 256;

/**
 * OAI's telnet server, which serves one client at a time and one command after the other. One that is connected but not
 * served yet looks like one that does not answer.
 */
export class TelnetClient {
  private readonly backOff = new BackOff(FIRST_RETRY_MS, LAST_RETRY_MS);
  private socket: Socket | undefined;
  private asked: Asked | undefined;
  private heard = '';
  private isOpen = false;
  private isClosed = false;
  private stopTimer: (() => void) | undefined;
  private stopRetry: (() => void) | undefined;

  constructor(
    private readonly options: TelnetOptions,
    private readonly listener: TelnetListener,
  ) {}

  start(): void {
    if (this.isClosed) return;
    const { host, port, timers } = this.options;
    const socket = connect({ host, port });
    this.socket = socket;
    this.stopTimer = timers.after(CONNECT_TIMEOUT_MS, () => this.lose('no connection within 10 s'));
    socket.on('connect', () => {
      this.stopTimer?.();
      this.isOpen = true;
      this.listener.connected();
    });
    socket.on('data', (chunk: Buffer) => this.take(socket, chunk));
    socket.on('error', (error) => this.loseFrom(socket, messageOf(error)));
    socket.on('close', () => this.loseFrom(socket, 'the connection was closed'));
  }

  close(): void {
    this.isClosed = true;
    this.stopTimer?.();
    this.stopRetry?.();
    this.socket?.destroy();
    this.refuse('the adapter stops');
  }

  /**
   * The answer to a command, without its `OK`, as plain text.
   * @throws {TelnetRefusal} when it is `FAILURE`, does not come, or another command is under way
   */
  ask(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      if (!this.isOpen) return reject(new TelnetRefusal(`${command}: not connected`));
      if (this.asked !== undefined)
        return reject(new TelnetRefusal(`${command}: ${this.asked.command} is under way`));
      this.asked = { command, resolve, reject };
      this.heard = '';
      this.socket?.write(`${command}\n`);
      this.stopTimer = this.options.timers.after(ANSWER_TIMEOUT_MS, () =>
        this.lose(`no answer within ${ANSWER_TIMEOUT_MS / 1000} s; OAI serves one telnet client at a time`),
      );
    });
  }

  private take(socket: Socket, chunk: Buffer): void {
    if (socket !== this.socket || this.asked === undefined) return;
    this.heard += chunk.toString('latin1');
    if (this.heard.length > MAX_ANSWER) return this.lose(`an answer of more than ${MAX_ANSWER} octets`);
    // To look for the end where it can be keeps the work small when an answer comes in many pieces.
    if (!/softmodem_\S*> ?$/.test(plainText(this.heard.slice(-TAIL)))) return;
    const answer = answerOf(plainText(this.heard));
    if (answer === undefined) return;
    const { command, resolve, reject } = this.asked;
    this.asked = undefined;
    this.stopTimer?.();
    this.backOff.reset();
    if (answer.isOk) resolve(answer.text);
    else reject(new TelnetRefusal(`${command}: ${oneLine(answer.no)}`));
  }

  private loseFrom(socket: Socket, reason: string): void {
    if (socket === this.socket) this.lose(reason);
  }

  private lose(reason: string): void {
    this.socket?.destroy();
    this.socket = undefined;
    this.isOpen = false;
    this.stopTimer?.();
    this.refuse(reason);
    if (this.isClosed) return;
    this.stopRetry = this.options.timers.after(this.backOff.next(), () => this.start());
    this.listener.lost(reason);
  }

  private refuse(reason: string): void {
    const { asked } = this;
    this.asked = undefined;
    asked?.reject(new TelnetRefusal(`${asked.command}: ${reason}`));
  }
}
