import { type Surroundings } from '@ricochet/adapter';
import { type Ran, type RanListener, type RanOptions } from '@ricochet/e2-node';
import { ConfigError, messageOf, RareLines } from '@ricochet/platform';
import { OaiSamples } from './oai-samples.js';
import { type O1Stats, readO1Stats } from './stats/o1-stats.js';
import { type MacSnapshot, StatsFile } from './stats/stats-file.js';
import { TelnetClient } from './telnet/telnet-client.js';

/** What is known of an OAI gNB beforehand; of `telnet` and `statsFile` one at least. */
export interface OaiOptions extends RanOptions {
  /** Of the polls, ms, 100 or more: two in one millisecond would make the gNB divide by zero. */
  readonly periodMs: number;
  /** Where `--telnetsrv --telnetsrv.shrmod o1` listens. */
  readonly telnet?: { readonly host: string; readonly port: number } | undefined;
  /** Path of the gNB's `nrMAC_stats.log`. */
  readonly statsFile?: string | undefined;
}

const LEAST_PERIOD_MS = 100;
/** A file that is not written for so long is that of a gNB that has gone. */
const STALE_MS = 5_000;
const SILENT_PERIODS = 5;

/**
 * OAI's gNB: `o1 stats` over telnet, polled, `nrMAC_stats.log`, or both. It has no command for slices, so there is no
 * `setSliceQuota`.
 */
export class OaiRan implements Ran {
  private readonly samples: OaiSamples;
  private readonly file: StatsFile | undefined;
  private listener: RanListener | undefined;
  private lines: RareLines | undefined;
  private telnet: TelnetClient | undefined;
  /** When the file was last found written: two clocks are not to be compared. */
  private written: { readonly ms: number; readonly seenMs: number } | undefined;
  private sampledMs = 0;
  private isUp = false;
  private isClosed = false;
  private stopTimer: (() => void) | undefined;

  /** @throws {ConfigError} when it says of no source, or of more cells than OAI tells of */
  constructor(
    private readonly options: OaiOptions,
    private readonly surroundings: Surroundings,
  ) {
    const { telnet, statsFile, cells, periodMs } = options;
    if (telnet === undefined && statsFile === undefined) {
      throw new ConfigError(
        'an OAI adapter needs the address of the telnet server, or the path of nrMAC_stats.log',
      );
    }
    if (cells.length !== 1) throw new ConfigError('OAI tells of one cell: one can be adapted, not more');
    if (!(periodMs >= LEAST_PERIOD_MS)) {
      throw new ConfigError(`an OAI gNB can be polled every ${LEAST_PERIOD_MS} ms, not more often`);
    }
    this.samples = new OaiSamples(options);
    this.file = statsFile === undefined ? undefined : new StatsFile(statsFile);
  }

  /** How often what was odd or refused came, by kind. */
  get counts(): Readonly<Record<string, number>> {
    return this.lines?.counts ?? {};
  }

  start(listener: RanListener): void {
    this.listener = listener;
    this.lines = new RareLines((line) => {
      if (!this.isClosed) listener.notice(line);
    }, this.surroundings.monotonicMs);
    const { telnet } = this.options;
    if (telnet === undefined) return this.pollLater(0);
    const at = `${telnet.host}:${telnet.port}`;
    this.telnet = new TelnetClient(
      { ...telnet, timers: this.surroundings.timers },
      {
        connected: () => this.pollLater(0),
        lost: (reason) => {
          this.stopTimer?.();
          this.tell('connection', `No connection to ${at}: ${reason}; trying again`);
          this.lose(reason);
        },
      },
    );
    this.telnet.start();
  }

  close(): Promise<void> {
    this.isClosed = true;
    this.stopTimer?.();
    this.telnet?.close();
    return Promise.resolve();
  }

  private pollLater(delayMs: number): void {
    this.stopTimer?.();
    if (this.isClosed) return;
    this.stopTimer = this.surroundings.timers.after(delayMs, () => {
      const begunMs = this.surroundings.monotonicMs();
      const next = () => {
        const tookMs = this.surroundings.monotonicMs() - begunMs;
        this.pollLater(Math.max(LEAST_PERIOD_MS, this.options.periodMs - tookMs));
      };
      // A lost connection begins the polls anew by itself.
      void this.poll().then((goesOn) => {
        this.checkSilence();
        if (goesOn) next();
      });
    });
  }

  /** @returns whether to go on */
  private async poll(): Promise<boolean> {
    let stats: O1Stats | undefined;
    if (this.telnet !== undefined) {
      let answer: string;
      try {
        answer = await this.telnet.ask('o1 stats');
      } catch (error) {
        const reason = messageOf(error);
        const isAnswer = /FAILURE|Error/.test(reason);
        if (isAnswer) this.tell('refused', `The gNB says no: ${reason}; is its module o1 loaded?`);
        return isAnswer;
      }
      try {
        stats = readO1Stats(answer);
      } catch (error) {
        this.tell('answer', `An answer of o1 stats was refused, ${messageOf(error)}: ${answer.slice(0, 60)}`);
        return true;
      }
    }
    const mac = await this.readFile();
    if (!this.isClosed) this.report(stats, mac);
    return true;
  }

  private async readFile(): Promise<MacSnapshot | undefined> {
    try {
      const read = await this.file?.read();
      const nowMs = this.surroundings.monotonicMs();
      if (read?.writtenMs !== this.written?.ms) this.written = read && { ms: read.writtenMs, seenMs: nowMs };
      if (read === undefined || this.written === undefined) return undefined;
      if (nowMs - this.written.seenMs <= STALE_MS) return read;
      this.tell('stale', `${this.options.statsFile} was last written more than ${STALE_MS / 1000} s ago`);
    } catch (error) {
      this.tell('file', `No statistics of MAC: ${messageOf(error)}`);
    }
    return undefined;
  }

  private report(stats: O1Stats | undefined, mac: MacSnapshot | undefined): void {
    if (stats === undefined && mac === undefined) return this.lose('nrMAC_stats.log is not written');
    const [nowMs, monotonicMs] = [this.surroundings.nowMs(), this.surroundings.monotonicMs()];
    const { sample, notes } = this.samples.take(stats, mac, { nowMs, monotonicMs });
    for (const [kind, line] of notes) this.tell(kind, line);
    if (sample === undefined) return;
    this.sampledMs = monotonicMs;
    if (!this.isUp) {
      this.isUp = true;
      this.listener?.up();
    }
    this.listener?.sample(sample);
  }

  /** A gNB that answers, but nothing that is understood, is not there. */
  private checkSilence(): void {
    const silentMs = Math.max(STALE_MS, SILENT_PERIODS * this.options.periodMs);
    if (this.isUp && this.surroundings.monotonicMs() - this.sampledMs > silentMs) {
      this.lose(`no statistics for ${silentMs / 1000} s`);
    }
  }

  private lose(reason: string): void {
    this.samples.restart();
    if (!this.isUp || this.isClosed) return;
    this.isUp = false;
    this.listener?.down(reason);
  }

  private tell(kind: string, line: string): void {
    this.lines?.tell(kind, line);
  }
}
