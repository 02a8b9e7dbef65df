import { useEffect, useState } from 'preact/hooks';
import { type Frame } from '../../../src/feed/frame.js';
import { Store, type Moment } from '../data/store.js';
import { formatView, parseView, type View } from './view.js';

const TICK_MS = 100;
const ASK_MOMENT_AFTER_MS = 100;

/** What is shown: live, or of the moment that was chosen. */
export interface Shown extends Moment {
  readonly timeMs: number;
  /** The second that ends then. */
  readonly frame: Frame | undefined;
}

/** The page's state: what is known, what is looked at, and who wants to draw it. */
class Page {
  readonly store = new Store();
  view: View = parseView(location.hash);
  private moment: (Moment & { readonly atMs: number }) | undefined;
  private asking: ReturnType<typeof setTimeout> | undefined;
  private readonly watchers = new Set<(now: number, changed: boolean) => void>();
  private cached: { readonly key: string; readonly shown: Shown } | undefined;

  start(): void {
    setInterval(() => this.tick(false), TICK_MS);
    addEventListener('hashchange', () => this.look(parseView(location.hash)));
    if (this.view.atMs !== null) this.askMoment(this.view.atMs);
  }

  /** Changes what is looked at, in the link too. */
  look(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    const link = formatView(this.view);
    if (link !== location.hash) history.replaceState(null, '', link || location.pathname + location.search);
    const { atMs } = this.view;
    if (atMs === null) this.moment = undefined;
    else if (atMs !== this.moment?.atMs) this.askMoment(atMs);
    this.tick(true);
  }

  watch(watcher: (now: number, changed: boolean) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  shown(): Shown {
    const { store, view, moment } = this;
    const key = `${store.version} ${view.atMs} ${moment?.atMs}`;
    if (this.cached?.key === key) return this.cached.shown;
    const timeMs = view.atMs ?? store.frames.last?.timeMs ?? 0;
    const live = { positions: store.positions ?? null, ric: store.ric ?? null, nonrt: store.nonrt ?? null };
    const { positions, ric, nonrt } = view.atMs === null ? live : (moment ?? live);
    const shown = { timeMs, frame: store.frames.secondUntil(timeMs), positions, ric, nonrt };
    this.cached = { key, shown };
    return shown;
  }

  private askMoment(atMs: number): void {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => void this.fetchMoment(atMs), ASK_MOMENT_AFTER_MS);
  }

  private async fetchMoment(atMs: number): Promise<void> {
    try {
      const response = await fetch(`api/at?time=${atMs}`);
      if (!response.ok || this.view.atMs !== atMs) return;
      this.moment = { ...((await response.json()) as Moment), atMs };
      this.tick(true);
    } catch {
      // What is shown stays as it is.
    }
  }

  private tick(changed: boolean): void {
    const now = performance.now();
    for (const watcher of this.watchers) watcher(now, changed);
  }
}

export const page = new Page();

/** Calls back when there is something new, at most so often, and at once when another view was chosen. */
export function onNews(periodMs: number, callback: () => void): () => void {
  let version = -1;
  let at = -Infinity;
  return page.watch((now, changed) => {
    if (!changed && (page.store.version === version || now - at < periodMs - TICK_MS / 2)) return;
    version = page.store.version;
    at = now;
    callback();
  });
}

/** Draws a component again when there is something new, at most so often. */
export function useNews(periodMs = 500): void {
  const [, draw] = useState(0);
  useEffect(() => onNews(periodMs, () => draw((count) => count + 1)), [periodMs]);
}
