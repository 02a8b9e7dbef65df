import { page } from './page.js';
import { switchTheme } from './theme.js';

/** Keys that do something anywhere but where text is written: digits choose a DU, `l` is live, `t` the colours. */
export function onShortcut(event: KeyboardEvent): void {
  const { target, key, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey) return;
  if (target instanceof HTMLElement && target.closest('input, select, textarea, dialog') !== null) return;
  if (/^\d$/.test(key)) choose(Number(key));
  else if (key === 'l') page.look({ atMs: null });
  else if (key === 't') switchTheme();
}

function choose(du: number): void {
  if (du === 0) page.look({ du: null });
  else if (du <= (page.store.run?.nodeIds.length ?? 0)) page.look({ du });
}
