/** A new version has so long to be ready, else the former one stays. */
export const READY_TIMEOUT_MS = 30_000;
/** So long after it took over, a version that ends, or breaks its guard, goes back to the former one. */
export const TRIAL_MS = 30_000;
/** A process that says nothing for so long is ended, and begins anew. */
export const SILENT_TOO_LONG_MS = 30_000;

/** What of one xApp shall run. */
export interface Desired {
  readonly state: 'deployed' | 'undeployed';
  /** Of version and configuration: an instance of another one is to be replaced. */
  readonly generation: number;
  /** What is desired replaced something that ran, and has not proved itself yet. */
  readonly onTrial: boolean;
}

/** One process of an xApp. */
export interface Instance {
  readonly key: string;
  readonly generation: number;
  /** `candidate`: gets no reports yet; `serving`: gets them; `leaving`: gets no more. */
  readonly role: 'candidate' | 'serving' | 'leaving';
  readonly startedAtMs: number;
  /** Since when it is serving. */
  readonly servingSinceMs?: number | undefined;
  /** Times that it was started again since it is in its role. */
  readonly restarts: number;
  /** Why its host has given it up. */
  readonly parked?: string | undefined;
  /** How its last life ended. */
  readonly lastEnd?: string | undefined;
  /** Why it is not ready: absent when it has registered, is healthy, and has what it subscribed to. */
  readonly notReady?: string | undefined;
  /** For how long it has said nothing; absent: it speaks, or has not begun. */
  readonly silentMs?: number | undefined;
  /** Of a leaving one: all that it was given has been settled, or its time is over. */
  readonly isDrained: boolean;
}

export type Action =
  /** Starts a process of the desired generation: serving at once, unless another one is. */
  | { readonly kind: 'start' }
  /** From the next report on it serves, and the serving one, if there is one, leaves. */
  | { readonly kind: 'hand-over'; readonly key: string }
  /** It gets no more reports, and is stopped once it has settled those it got. */
  | { readonly kind: 'leave'; readonly key: string }
  | { readonly kind: 'stop'; readonly key: string }
  | { readonly kind: 'restart'; readonly key: string; readonly reason: string }
  /** What ran before is desired again. */
  | { readonly kind: 'roll-back'; readonly reason: string }
  /** The trial is over. */
  | { readonly kind: 'prove' };

/** What has to be done now, so that what shall run of one xApp is what runs. Pure: called again whenever something changes. */
export function decide(
  desired: Desired | undefined,
  instances: readonly Instance[],
  nowMs: number,
): Action[] {
  const leaving = instances
    .filter(({ role, isDrained, parked }) => role === 'leaving' && (isDrained || parked !== undefined))
    .map(({ key }): Action => ({ kind: 'stop', key }));
  const staying = instances.filter(({ role }) => role !== 'leaving');
  const wanted = desired?.state === 'deployed' ? towards(desired, staying, nowMs) : staying.map(away);
  return [...leaving, ...wanted];
}

/** Nothing of it shall run. */
function away({ key, role, parked }: Instance): Action {
  return role === 'serving' && parked === undefined ? { kind: 'leave', key } : { kind: 'stop', key };
}

function towards(desired: Desired, staying: readonly Instance[], nowMs: number): Action[] {
  const { generation } = desired;
  const serving = staying.find(({ role }) => role === 'serving');
  const stale = staying.filter((one) => one.role === 'candidate' && one.generation !== generation);
  const actions = stale.map(({ key }): Action => ({ kind: 'stop', key }));
  if (serving?.generation === generation) return [...actions, ...keep(desired, serving, nowMs)];
  const candidate = staying.find((one) => one.role === 'candidate' && one.generation === generation);
  if (candidate !== undefined) return [...actions, ...promote(desired, candidate, nowMs)];
  // Nothing is lost with one that does not run.
  if (serving?.parked !== undefined) actions.push({ kind: 'stop', key: serving.key });
  return [...actions, { kind: 'start' }];
}

/** The right one serves. */
function keep({ onTrial }: Desired, serving: Instance, nowMs: number): Action[] {
  const { key, parked, restarts, lastEnd, silentMs, servingSinceMs } = serving;
  if (onTrial && parked !== undefined) return [{ kind: 'roll-back', reason: parked }];
  if (onTrial && restarts > 0) return [{ kind: 'roll-back', reason: endWords(lastEnd) }];
  if (silentMs !== undefined && silentMs >= SILENT_TOO_LONG_MS) {
    const reason = `not heard for ${Math.round(silentMs / 1_000)} s`;
    return onTrial ? [{ kind: 'roll-back', reason }] : [{ kind: 'restart', key, reason }];
  }
  const isOver = servingSinceMs !== undefined && nowMs - servingSinceMs >= TRIAL_MS;
  return onTrial && isOver ? [{ kind: 'prove' }] : [];
}

/** The right one is there beside the one that serves. */
function promote({ onTrial }: Desired, candidate: Instance, nowMs: number): Action[] {
  const { key, parked, restarts, lastEnd, notReady, startedAtMs } = candidate;
  if (notReady === undefined) return [{ kind: 'hand-over', key: key }];
  // Who asked for it as it was before waits for it: there is nothing to go back to.
  if (!onTrial) return [];
  if (parked !== undefined) return [{ kind: 'roll-back', reason: parked }];
  if (restarts > 0) return [{ kind: 'roll-back', reason: endWords(lastEnd) }];
  if (nowMs - startedAtMs < READY_TIMEOUT_MS) return [];
  const reason = `not ready within ${READY_TIMEOUT_MS / 1_000} s: ${notReady}`;
  return [{ kind: 'roll-back', reason }];
}

function endWords(lastEnd: string | undefined): string {
  return `it ended (${lastEnd ?? 'for an unknown reason'})`;
}
