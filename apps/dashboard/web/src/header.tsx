import { figure } from './data/format.js';
import { page, useNews } from './view/page.js';
import { isDark, switchTheme } from './view/theme.js';

const CONNECTION = {
  connecting: 'connecting …',
  open: 'live',
  lost: 'connection lost, trying again …',
} as const;

/** What runs, and how the page is connected. */
export function Header() {
  useNews(500);
  const { run, connection } = page.store;
  const { frame } = page.shown();
  return (
    <header class="top">
      <h1>Ricochet</h1>
      {run !== undefined && (
        <p class="run">
          <strong>{run.scenario}</strong>
          <span>seed {run.seed}</span>
          <span>{run.controller}</span>
          <span>
            {frame?.connected ?? 0} of {run.nodeIds.length} DUs connected
          </span>
          <span title="simulated over wall time">× {figure(frame?.realTimeFactor)}</span>
        </p>
      )}
      <p class={`connection ${connection}`} role="status">
        <i aria-hidden="true" /> {CONNECTION[connection]}
      </p>
      <button
        type="button"
        class="theme"
        aria-label={isDark() ? 'Light colours' : 'Dark colours'}
        title={isDark() ? 'Light colours' : 'Dark colours'}
        onClick={switchTheme}
      >
        {isDark() ? '☀' : '☾'}
      </button>
    </header>
  );
}
