const KEPT_AS = 'ricochet.key';
const RETRY_MS = 2_000;
/** Unauthorised, forbidden: another key is needed. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403]);

/** What a request came to: an answer, or why not, in words. */
export type Answer<T> = { readonly value: T } | { readonly fault: string; readonly isRefused: boolean };

/** The operator's key, kept for as long as the tab is open. */
class Access {
  /** Whether the key was found good. */
  isOpen = false;
  private readonly watchers = new Set<() => void>();

  /** Takes the key of the link, which it then leaves out of it, or the one that was kept. */
  start(): void {
    const given = new URLSearchParams(location.hash.slice(1));
    const key = given.get('key');
    if (key !== null) {
      given.delete('key');
      const rest = given.toString();
      history.replaceState(null, '', rest === '' ? location.pathname + location.search : `#${rest}`);
      sessionStorage.setItem(KEPT_AS, key);
    }
    const kept = sessionStorage.getItem(KEPT_AS);
    if (kept !== null) void this.openKept(kept);
  }

  /** The page may be there before the gateway has time for it. */
  private async openKept(key: string): Promise<void> {
    await this.open(key);
    if (this.isOpen || sessionStorage.getItem(KEPT_AS) !== key) return;
    setTimeout(() => void this.openKept(key), RETRY_MS);
  }

  /** Tries a key. Gives why it is not good. */
  async open(key: string): Promise<string | undefined> {
    const answer = await ask<unknown>('api/access', { key });
    this.isOpen = 'value' in answer;
    if (this.isOpen) sessionStorage.setItem(KEPT_AS, key);
    else if ('isRefused' in answer && answer.isRefused) sessionStorage.removeItem(KEPT_AS);
    for (const watcher of this.watchers) watcher();
    return 'fault' in answer ? answer.fault : undefined;
  }

  close(): void {
    sessionStorage.removeItem(KEPT_AS);
    this.isOpen = false;
    for (const watcher of this.watchers) watcher();
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Lets an event happen. */
  inject(event: object): Promise<Answer<{ readonly text: string; readonly timeMs: number }>> {
    return ask('api/inject', { key: sessionStorage.getItem(KEPT_AS) ?? '', body: event });
  }
}

export const access = new Access();

async function ask<T>(
  url: string,
  { key, body }: { readonly key: string; readonly body?: object },
): Promise<Answer<T>> {
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { readonly detail?: string };
    return response.ok
      ? { value: answer }
      : { fault: answer.detail ?? response.statusText, isRefused: REFUSALS.has(response.status) };
  } catch {
    return { fault: 'the gateway does not answer', isRefused: false };
  }
}
