import { type RoundClosed, type SimulationPositions } from '@ricochet/contracts';
import { type Frame, type LogEntry, type RunInfo, type StreamName } from '../../../src/feed/frame.js';
import { type History, type NonRt, type Ric, type Store } from './store.js';

/** The gateway shows a sign of life every 2 s. */
const SILENT_AFTER_MS = 6_000;
const LOOK_EVERY_MS = 1_000;
const RETRY_MS = 1_000;
/** A page that nobody sees lets go of the gateway. */
const HIDDEN_FOR_MS = 60_000;

/** Keeps the store fed: by the stream, and by the history whenever the stream begins anew or left something out. */
export class LiveStream {
  private source: EventSource | undefined;
  private heardAtMs = 0;
  private hiddenAtMs: number | undefined;
  private isLoading = false;
  /** What is being loaded may be of before, and is loaded once more. */
  private isOld = false;

  constructor(private readonly store: Store) {}

  start(): void {
    this.open();
    setInterval(() => this.look(), LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', () => {
      this.hiddenAtMs = document.hidden ? Date.now() : undefined;
      if (!document.hidden && this.source === undefined) this.open();
    });
  }

  private open(): void {
    this.source?.close();
    this.heardAtMs = Date.now();
    const source = new EventSource('api/events');
    this.source = source;
    const { store } = this;
    const on = <T>(name: StreamName, handle: (message: T) => void): void => {
      source.addEventListener(name, ({ data }: MessageEvent<string>) => {
        this.heardAtMs = Date.now();
        handle(JSON.parse(data) as T);
      });
    };
    on<RunInfo>('run', (run) => {
      this.isOld = true;
      store.begin(run);
    });
    on<Frame>('frame', (frame) => store.frame(frame));
    on<SimulationPositions>('positions', (positions) => store.change({ positions }));
    on<Ric>('ric', (ric) => store.change({ ric }));
    on<NonRt>('nonrt', (nonrt) => store.change({ nonrt }));
    on<RoundClosed>('round', (round) => store.round(round));
    on<LogEntry>('log', (entry) => store.note(entry));
    on('gap', () => void this.loadHistory());
    on('beat', () => undefined);
    source.onopen = () => {
      this.heardAtMs = Date.now();
      store.change({ connection: 'open' });
      void this.loadHistory();
    };
    source.onerror = () => store.change({ connection: 'lost' });
  }

  private async loadHistory(): Promise<void> {
    this.isOld = true;
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      while (this.isOld) {
        this.isOld = false;
        this.store.asksForHistory();
        const response = await fetch('api/history');
        const history = response.ok ? ((await response.json()) as History) : undefined;
        if (history !== undefined && !this.isOld) this.store.load(history);
      }
    } catch {
      // The stream is cut, too, and comes again.
    } finally {
      this.isLoading = false;
    }
  }

  /** An `EventSource` tries again by itself, but not after every kind of fault, and notices no silence. */
  private look(): void {
    if (this.hiddenAtMs !== undefined && Date.now() - this.hiddenAtMs > HIDDEN_FOR_MS) {
      this.source?.close();
      this.source = undefined;
    }
    if (this.source === undefined) return;
    const silentMs = Date.now() - this.heardAtMs;
    const isClosed = this.source.readyState === EventSource.CLOSED && silentMs > RETRY_MS;
    if (!isClosed && silentMs < SILENT_AFTER_MS) return;
    this.store.change({ connection: 'lost' });
    this.open();
  }
}
