/** Level of the hierarchy: slice quotas (high), scheduling inside a slice (low). */
export type ModelLevel = 'high' | 'low';

/** What one DU brought into a model version. */
export interface OriginContribution {
  readonly nodeId: string;
  readonly tdVariance: number;
  readonly smoothedTdVariance: number;
  readonly weight: number;
  readonly supportSamples: number;
  readonly querySamples: number;
  readonly meanReward?: number | undefined;
}

/** The lineage of a model version, its parent apart. */
export interface ModelOrigin {
  readonly kind: 'initial' | 'meta-update' | 'import';
  readonly round?: number | undefined;
  /** Name of the weighting that the contributions' weights come from. */
  readonly weighting?: string | undefined;
  readonly contributions: readonly OriginContribution[];
}

/** A model to be kept; its version is given by the store. */
export interface ModelRecord {
  readonly level: ModelLevel;
  /** Unique in its level: whoever saves the same key again gets the version that is there, and changes nothing. */
  readonly key: string;
  /** The networks that the parameters fill, as text. */
  readonly architecture: string;
  /** The version that it was made from, of the same level: it must be there. */
  readonly parent: number | null;
  readonly origin: ModelOrigin;
  /** float32, little endian, one after the other. */
  readonly parameters: Uint8Array;
  /** Wall clock, epoch ms. */
  readonly createdAtMs: number;
}

/** A stored version without its parameters. */
export interface StoredModelInfo extends Omit<ModelRecord, 'parameters'> {
  /** 1, 2, 3 … in its level, in the order of saving, without gaps. */
  readonly version: number;
  readonly parameterBytes: number;
  /** SHA-256 of the parameters, in hex. */
  readonly sha256: string;
  /** Whether the parameters are still there: see {@link DEFAULT_MODEL_RETENTION}. */
  readonly kept: boolean;
}

export interface StoredModel extends StoredModelInfo {
  /** Absent when they are not kept any more. Starts at offset 0 of its own buffer, fit for a `Float32Array`. */
  readonly parameters?: Uint8Array<ArrayBuffer> | undefined;
}

export interface ModelQuery {
  readonly level: ModelLevel;
  /** Only versions older than this one. */
  readonly beforeVersion?: number | undefined;
  /** At most this many, 10,000 at the utmost. */
  readonly limit: number;
}

/** A version being put in force. */
export interface ActivationRecord {
  readonly level: ModelLevel;
  readonly version: number;
  readonly reason: string;
  /** Wall clock, epoch ms. */
  readonly activatedAtMs: number;
}

export interface ActivationQuery {
  readonly level: ModelLevel;
  /** At most this many, 10,000 at the utmost. */
  readonly limit: number;
}

/** What is kept of one DU's contribution to one round of a level. */
export interface ContributionRecord {
  readonly level: ModelLevel;
  readonly round: number;
  readonly nodeId: string;
  readonly modelVersion: number;
  readonly tdVariance: number | null;
  /** Its part in the meta update; `null` when it had none. */
  readonly weight: number | null;
  readonly supportSamples: number;
  readonly querySamples: number;
  readonly meanReward?: number | undefined;
  /** `accepted`, or the reason of the refusal. */
  readonly outcome: string;
  /** Wall clock, epoch ms. */
  readonly receivedAtMs: number;
}

export interface ContributionQuery {
  readonly level?: ModelLevel | undefined;
  readonly round?: number | undefined;
  readonly nodeId?: string | undefined;
  /** At most this many, 10,000 at the utmost. */
  readonly limit: number;
}
