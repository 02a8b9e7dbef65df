/** Any value that `JSON.stringify` carries: stored as text, handed back parsed. */
export type JsonValue = object;

/** An E2 node as the RIC last saw it. */
export interface NodeRecord {
  /** Text form of the global E2 node id; the key. */
  readonly nodeId: string;
  readonly globalId: JsonValue;
  /** RAN functions of the last E2 Setup or node configuration update. */
  readonly ranFunctions: JsonValue;
  readonly state: 'connected' | 'disconnected';
  /** When the state changed, wall clock, epoch ms. */
  readonly changedAtMs: number;
}

/** A RIC subscription, shared by the xApps that asked for the same thing. */
export interface SubscriptionRecord {
  /** RIC request instance id; the key. */
  readonly subscriptionId: number;
  readonly nodeId: string;
  readonly ranFunctionId: number;
  readonly eventTrigger: JsonValue;
  readonly action: JsonValue;
  /** Identical subscriptions have identical merge keys. */
  readonly mergeKey: string;
  /** Names of the xApps that are served by it. */
  readonly subscribers: readonly string[];
  readonly state: 'pending' | 'active' | 'failed';
}

export type ControlKind = 'slice-quota' | 'ue-weights';

/** One control that an xApp asked for and what the E2 node answered. */
export interface ControlRecord {
  /** Unique for the life of the store, restarts included: the effect is joined by it. */
  readonly controlId: string;
  readonly runId?: number | undefined;
  readonly xapp: string;
  readonly nodeId: string;
  readonly kind: ControlKind;
  readonly asked: JsonValue;
  readonly simTimeMs: number;
  /** Wall clock, epoch ms. */
  readonly requestedAtMs: number;
  readonly outcome: 'acknowledged' | 'failed' | 'refused' | 'timed-out';
  readonly cause?: string | undefined;
  readonly ackLatencyMs?: number | undefined;
}

/** What a control did within the next report: an acknowledgement alone is not an effect. */
export interface EffectRecord {
  readonly controlId: string;
  readonly effective: boolean;
  readonly achieved: JsonValue;
  readonly reason?: string | undefined;
  readonly measuredAtSimMs: number;
  /** From the request to the end of the report that showed it in force, simulation time; absent when none did. */
  readonly delayMs?: number | undefined;
  /** The reason in one word. */
  readonly cause?: string | undefined;
}

/** A stored control: `id` grows with time and pages through {@link ControlQuery.beforeId}. */
export interface StoredControl extends ControlRecord {
  readonly id: number;
  /** Absent until its measurement came. */
  readonly effect?: Omit<EffectRecord, 'controlId'> | undefined;
}

export interface ControlQuery {
  readonly runId?: number | undefined;
  readonly xapp?: string | undefined;
  readonly nodeId?: string | undefined;
  readonly kind?: ControlKind | undefined;
  /** Only controls older than this id. */
  readonly beforeId?: number | undefined;
  /** At most this many, 10,000 at the utmost. */
  readonly limit: number;
}

/** What is known when a run starts. */
export interface RunStart {
  readonly seed: number;
  /** Name of the scenario. */
  readonly scenario: string;
  readonly configHash: string;
  /** `<split>+<scheduler>`, as the CLI takes it. */
  readonly controller: string;
  readonly mode: 'real-time' | 'lockstep';
  /** Wall clock, epoch ms. */
  readonly startedAtMs: number;
}

/** What is known when it ends. */
export interface RunEnd {
  readonly summary: JsonValue | null;
  /** Wall clock, epoch ms. */
  readonly endedAtMs: number;
  readonly state: 'finished' | 'stopped' | 'failed' | 'interrupted';
}

/** A stored run; `interrupted` is a run whose process died before it ended. */
export interface StoredRun extends RunStart {
  readonly runId: number;
  readonly state: 'running' | RunEnd['state'];
  readonly summary?: JsonValue | undefined;
  readonly endedAtMs?: number | undefined;
}

/** KPIs of one slice of one node over one report period; `null` where the node had no value to give. */
export interface KpiRecord {
  readonly runId?: number | undefined;
  readonly nodeId: string;
  /** Text form of the S-NSSAI. */
  readonly slice: string;
  /** End of the period, simulation time. */
  readonly simTimeMs: number;
  readonly deliveredKbit: number | null;
  readonly offeredKbit: number | null;
  readonly prbUsed: number | null;
  readonly delayMeanMs: number | null;
  readonly delayP99Ms: number | null;
  readonly delayMaxMs: number | null;
  readonly bufferBytes: number | null;
  readonly qos: number | null;
  /** RRM policy ratio in force, percent. */
  readonly minRatio: number | null;
  /** RRM policy ratio in force, percent. */
  readonly maxRatio: number | null;
}

export interface KpiQuery {
  readonly runId?: number | undefined;
  readonly nodeId?: string | undefined;
  readonly slice?: string | undefined;
  /** Simulation time, inclusive. */
  readonly fromMs?: number | undefined;
  /** Simulation time, inclusive. */
  readonly toMs?: number | undefined;
  /** The newest so many of what matches, 10,000 at the utmost. */
  readonly limit: number;
}

/** An A1 policy with what became of it; type and id together are the key. */
export interface PolicyRecord {
  readonly policyTypeId: number;
  readonly policyId: string;
  readonly policy: JsonValue;
  readonly enforceStatus: 'ENFORCED' | 'NOT_ENFORCED';
  /** Why it is not enforced. */
  readonly enforceReason?: string | undefined;
  /** Wall clock, epoch ms. */
  readonly updatedAtMs: number;
}
