import { type MeasurementReport } from '@ricochet/ran-types';
import { type Exploration, SeededRandom, type TransitionBatch } from '@ricochet/rl';
import { type TransitionRecorder } from '../recorder/transition-recorder.js';

export interface DecisionTrackOptions<State, Action, B extends TransitionBatch> {
  readonly recorder: TransitionRecorder<State, Action, B>;
  /** Of the noise, with the node. */
  readonly seed: readonly (string | number)[];
  readonly explore: boolean;
  /** Part of the agent's noise that is left with a model version. */
  readonly scaleOf: (modelVersion: number) => number;
}

/** What was decided on a report; `modelVersion` undefined: by the fallback rule. */
export interface Decided<State, Action> {
  readonly state: State;
  readonly action: Action;
  readonly modelVersion: number | undefined;
  /** Whether there is something to learn from it; when absent there is. */
  readonly instructive?: boolean;
}

interface Last {
  /** Simulation time, ms. */
  readonly timeMs: number;
  readonly byModel: boolean;
}

/** The decisions of one level, DU by DU: the noise that they are made with, and what each brought. */
export class DecisionTrack<State, Action, B extends TransitionBatch> {
  private readonly randoms = new Map<string, SeededRandom>();
  private readonly last = new Map<string, Last>();

  constructor(private readonly options: DecisionTrackOptions<State, Action, B>) {}

  /** The noise of a DU's next action; none when nothing is to be tried out. */
  exploration(nodeId: string, modelVersion: number): Exploration | undefined {
    const { seed, explore, scaleOf } = this.options;
    if (!explore) return undefined;
    let random = this.randoms.get(nodeId);
    if (random === undefined) this.randoms.set(nodeId, (random = new SeededRandom(...seed, nodeId)));
    return { random, scale: scaleOf(modelVersion) };
  }

  /**
   * Keeps a decision. `rewardOf` judges the one before, if the report is about the period that it began: none was lost
   * between. Gives that reward, 0..1; `undefined` after a gap, or when the fallback rule had decided.
   */
  decided(
    { nodeId, timeMs, periodMs }: MeasurementReport,
    { state, action, modelVersion, instructive = true }: Decided<State, Action>,
    rewardOf: () => number,
  ): number | undefined {
    const { recorder } = this.options;
    const before = this.last.get(nodeId);
    const reward = before !== undefined && timeMs - before.timeMs === periodMs ? rewardOf() : undefined;
    if (reward === undefined) recorder.interrupt(nodeId);
    recorder.record(nodeId, { state, action, reward });
    if (!instructive) recorder.interrupt(nodeId);
    this.last.set(nodeId, { timeMs, byModel: modelVersion !== undefined });
    return before?.byModel === true ? reward : undefined;
  }

  /** The DU did not do what was decided last: what comes of it tells nothing of the decision. */
  undone(nodeId: string): void {
    this.last.delete(nodeId);
    this.options.recorder.interrupt(nodeId);
  }

  /** The DU is gone, and the transitions that wait to be learned from. */
  forget(nodeId: string): void {
    this.randoms.delete(nodeId);
    this.last.delete(nodeId);
    this.options.recorder.forget(nodeId);
  }
}
