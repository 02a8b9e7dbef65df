/** What a person chose to see; the link carries it. */
export interface View {
  /** Number of a DU in the list, from 1; `null`: all of them. */
  readonly du: number | null;
  /** SST of the slice that is in focus; `null`: all. */
  readonly slice: number | null;
  /** Simulation time; `null`: now. */
  readonly atMs: number | null;
  /** What charts span. */
  readonly spanS: number;
  readonly theme: 'auto' | 'light' | 'dark';
}

export const SPANS_S = [30, 60, 120, 300, 600] as const;
export const DEFAULT_VIEW: View = { du: null, slice: null, atMs: null, spanS: 60, theme: 'auto' };

/** Reads the part of the link after `#`; what is not understood is left out. */
export function parseView(hash: string): View {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const whole = (name: string): number | null => {
    const text = given.get(name);
    return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
  };
  const span = whole('span');
  const theme = given.get('theme');
  return {
    du: whole('du') || null,
    slice: whole('slice'),
    atMs: whole('t'),
    spanS: SPANS_S.find((one) => one === span) ?? DEFAULT_VIEW.spanS,
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  };
}

/** Reverse of {@link parseView}; what is as it is by default is left out. */
export function formatView({ du, slice, atMs, spanS, theme }: View): string {
  const parts: Record<string, string> = {
    ...(du !== null && { du: String(du) }),
    ...(slice !== null && { slice: String(slice) }),
    ...(atMs !== null && { t: String(Math.round(atMs)) }),
    ...(spanS !== DEFAULT_VIEW.spanS && { span: String(spanS) }),
    ...(theme !== 'auto' && { theme }),
  };
  const text = new URLSearchParams(parts).toString();
  return text === '' ? '' : `#${text}`;
}
