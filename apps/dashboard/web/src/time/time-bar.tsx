import { clock } from '../data/format.js';
import { page, useNews } from '../view/page.js';

const STEP_MS = 100;
/** Nearer to now than this is now. */
const LIVE_WITHIN_MS = 500;

/** Goes back in time, as far as it is kept, and to now again. */
export function TimeBar() {
  useNews(250);
  const { frames, log } = page.store;
  const { atMs } = page.view;
  const firstMs = frames.all[0]?.timeMs ?? 0;
  const lastMs = frames.last?.timeMs ?? 0;
  const isLive = atMs === null;
  const timeMs = atMs ?? lastMs;
  const go = (toMs: number): void => {
    page.look({ atMs: toMs >= lastMs - LIVE_WITHIN_MS ? null : Math.max(firstMs, toMs) });
  };
  const spanMs = Math.max(1, lastMs - firstMs);
  const marks = log.filter(({ kind, timeMs: at }) => kind === 'event' && at !== null && at >= firstMs);
  const ago = isLive ? 'live' : `${((lastMs - timeMs) / 1_000).toFixed(0)} s ago`;
  return (
    <div class={`time-bar${isLive ? '' : ' past'}`} role="group" aria-label="Time">
      <button
        type="button"
        class="step"
        title="10 s back"
        aria-label="10 s back"
        onClick={() => go(timeMs - 10_000)}
      >
        «
      </button>
      <button
        type="button"
        class="step"
        title="1 s back"
        aria-label="1 s back"
        onClick={() => go(timeMs - 1_000)}
      >
        ‹
      </button>
      <div class="track">
        <input
          type="range"
          min={firstMs}
          max={Math.max(lastMs, firstMs + STEP_MS)}
          step={STEP_MS}
          value={timeMs}
          aria-label="Moment that is shown"
          aria-valuetext={`${clock(timeMs)}, ${ago}`}
          onInput={({ currentTarget }) => go(Number(currentTarget.value))}
        />
        <span class="marks" aria-hidden="true">
          {marks.map(({ id, timeMs: at, text }) => (
            <i key={id} title={text} style={{ left: `${(100 * ((at ?? 0) - firstMs)) / spanMs}%` }} />
          ))}
        </span>
      </div>
      <button
        type="button"
        class="step"
        title="1 s on"
        aria-label="1 s on"
        onClick={() => go(timeMs + 1_000)}
      >
        ›
      </button>
      <output class="clock">
        {clock(timeMs)} <small>{isLive ? '' : ago}</small>
      </output>
      <button type="button" class="live" aria-pressed={isLive} onClick={() => page.look({ atMs: null })}>
        <i aria-hidden="true" /> Live
      </button>
    </div>
  );
}
