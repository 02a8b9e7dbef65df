import { type AdaptationVerdict, type Adaptation } from '../learner/du-adapters.js';

/** A model version as it comes from the registry. */
export interface OfferedModel {
  readonly version: number;
  readonly architecture: string;
  readonly parameters: Float32Array;
}

/** One DU's part of a round, as its learner makes it. */
export interface LearnerContribution {
  readonly gradient: Float32Array;
  readonly tdVariance: number;
  readonly supportSamples: number;
  readonly querySamples: number;
}

/** The worker thread that holds the replay buffers and target networks of all DUs of one level. */
export interface Learner<Batch> {
  /** Name of what computes; known once a call has been answered. */
  readonly engine: string;
  adopt(modelVersion: number, parameters: Float32Array): Promise<void>;
  /** Whether the DU has enough of them by now to contribute. */
  record(nodeId: string, transitions: Batch): Promise<boolean>;
  /** The part of a round, made with the parameters adopted last. */
  contribute(nodeId: string, round: number): Promise<LearnerContribution>;
  /** Fits the parameters adopted last to the DU, and says what to act by. */
  adapt(nodeId: string, round: number): Promise<Adaptation>;
  forget(nodeId: string): Promise<void>;
}

/** Where the transitions of the control thread wait for the next round. */
export interface TransitionSource<Batch> {
  /** DUs that have transitions to hand over. */
  nodes(): readonly string[];
  /** Those of one DU, once. */
  take(nodeId: string): Batch;
}

export interface ClosedRound {
  readonly level: string;
  readonly round: number;
  /** In force from now on. */
  readonly modelVersion: number;
  /** Whether that is sure: a save that failed may come true later. */
  readonly settled: boolean;
}

export interface Opening<Level extends string> {
  readonly level: Level;
  readonly modelVersion: number;
  readonly participants: string[];
  /** Name of what computes for the agents. */
  readonly engine: string;
  /** Simulation time, ms. */
  readonly timeMs: number;
}

/** The aggregator and the model registry. */
export interface LearningDoor<Level extends string> {
  model(level: Level, version?: number): Promise<OfferedModel | undefined>;
  openRound(opening: Opening<Level>): Promise<number>;
  contribute(
    part: LearnerContribution & {
      level: Level;
      round: number;
      nodeId: string;
      modelVersion: number;
      meanReward?: number;
      decisions: number;
      /** What came of the DU's adaptation after the round before. */
      adaptation?: AdaptationVerdict;
    },
  ): Promise<void>;
  onRoundClosed(listener: (closed: ClosedRound) => void): unknown;
}
