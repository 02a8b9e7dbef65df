import { useState } from 'preact/hooks';
import { type LogEntry } from '../../../src/feed/frame.js';
import { clock } from '../data/format.js';
import { page, useNews } from '../view/page.js';

const SHOWN = 80;
const KINDS: readonly (readonly [LogEntry['kind'] | 'all', string])[] = [
  ['all', 'all'],
  ['event', 'events'],
  ['conflict', 'conflicts'],
  ['ric', 'RIC'],
  ['learning', 'learning'],
];
const MARK: Readonly<Record<LogEntry['kind'], string>> = {
  event: 'event',
  conflict: 'conflict',
  ric: 'RIC',
  learning: 'learning',
  run: 'run',
};

/** What happened, the latest first. */
export function LogPanel() {
  useNews(500);
  const [kind, setKind] = useState<LogEntry['kind'] | 'all'>('all');
  const { atMs } = page.view;
  const entries = page.store.log.filter(
    (entry) =>
      (kind === 'all' || entry.kind === kind) &&
      (atMs === null || entry.timeMs === null || entry.timeMs <= atMs),
  );
  return (
    <section class="panel log" aria-labelledby="log-title">
      <header>
        <h2 id="log-title">Log</h2>
        <div class="chips" role="group" aria-label="Kinds of entries">
          {KINDS.map(([name, text]) => (
            <button
              type="button"
              class="chip"
              key={name}
              aria-pressed={kind === name}
              onClick={() => setKind(name)}
            >
              {text}
            </button>
          ))}
        </div>
      </header>
      <ol class="entries" tabIndex={0} aria-label="What happened, the latest first">
        {entries
          .slice(-SHOWN)
          .reverse()
          .map(({ id, timeMs, kind: of, serious, text }) => (
            <li key={id} class={serious ? 'serious' : ''}>
              {timeMs === null ? (
                <span class="time">–</span>
              ) : (
                <button
                  type="button"
                  class="time"
                  title="Go there"
                  onClick={() => page.look({ atMs: timeMs })}
                >
                  {clock(timeMs)}
                </button>
              )}
              <span class={`kind kind-${of}`}>{MARK[of]}</span>
              <span class="text">{text}</span>
            </li>
          ))}
        {entries.length === 0 && <li class="waiting">Nothing yet.</li>}
      </ol>
    </section>
  );
}
