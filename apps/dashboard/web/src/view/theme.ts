import { page } from './page.js';

const dark = matchMedia('(prefers-color-scheme: dark)');

export function isDark(): boolean {
  const { theme } = page.view;
  return theme === 'auto' ? dark.matches : theme === 'dark';
}

/** Lets the style sheet know, now and whenever it changes. */
export function followTheme(): void {
  let shown: boolean | undefined;
  const apply = (): void => {
    if (shown === isDark()) return;
    shown = isDark();
    document.documentElement.dataset['theme'] = shown ? 'dark' : 'light';
    dispatchEvent(new Event('themechange'));
  };
  apply();
  dark.addEventListener('change', apply);
  page.watch((_, changed) => changed && apply());
}

export function switchTheme(): void {
  page.look({ theme: isDark() ? 'light' : 'dark' });
}

const colours = new Map<string, string>();
addEventListener('themechange', () => colours.clear());

/** A colour of the style sheet, for canvases. */
export function colour(name: string): string {
  let value = colours.get(name);
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    colours.set(name, value);
  }
  return value;
}
