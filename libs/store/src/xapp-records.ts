import type { JsonValue } from './records.js';

/** An onboarded version of an xApp; name and version together are the key. */
export interface XAppPackageRecord {
  readonly name: string;
  readonly version: string;
  /** SHA-256 over its files, hexadecimal. */
  readonly digest: string;
  /** Folder that it runs from. */
  readonly path: string;
  /** It belongs to whoever installed the RIC: run where it is, by reference. */
  readonly builtin: boolean;
  readonly descriptor: JsonValue;
  /** JSON Schema of its configuration. */
  readonly controlsSchema?: JsonValue | undefined;
  /** Wall clock, epoch ms. */
  readonly onboardedAtMs: number;
}

/** What of an xApp shall run; its name is the key. */
export interface XAppDeploymentRecord {
  readonly name: string;
  readonly version: string;
  readonly config: JsonValue;
  /** Absent: that of the descriptor. */
  readonly priority?: number | undefined;
  readonly state: 'deployed' | 'undeployed';
  /** Grows with each change; an instance of another generation than this is to be replaced. */
  readonly generation: number;
  /** What ran before the last upgrade: `{ version, config }`. */
  readonly previous?: JsonValue | undefined;
  /** The last upgrade has not proved itself yet. */
  readonly onTrial: boolean;
  /** The item of `RICOCHET_XAPPS` that it came from. */
  readonly initial?: JsonValue | undefined;
  /** Why it is as it is, when nobody asked for that: rolled back, because … */
  readonly note?: string | undefined;
  /** Wall clock, epoch ms. */
  readonly changedAtMs: number;
}

/** Who is told what becomes of xApps; its id is the key. */
export interface XAppEventSubscriptionRecord {
  readonly id: string;
  readonly eventType: string;
  /** Where events are posted. */
  readonly targetUrl: string;
  readonly maxRetries: number;
  readonly retryTimerS: number;
  /** Wall clock, epoch ms. */
  readonly createdAtMs: number;
}
