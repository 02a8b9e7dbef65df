import {
  ContextState,
  createSplitRule,
  highReward,
  highState,
  type Intervention,
  observeSla,
  observeSlices,
  type RewardModel,
  sharesOfAction,
  type SliceObservation,
  SplitShield,
  type ToldReward,
} from '@ricochet/control';
import { type MeasurementReport, SLICE_TYPES } from '@ricochet/ran-types';
import { type SimplexAgent, type VectorTransitions } from '@ricochet/rl';
import { type Sla } from '@ricochet/scenario';
import { type TransitionRecorder } from '../recorder/transition-recorder.js';
import { DecisionTrack } from './decision-track.js';
import { explorationScale } from './exploration-scale.js';

export interface QuotaAgentsOptions {
  readonly agent: SimplexAgent;
  /** Who acts for a DU, where that is not `agent` for all of them. */
  readonly agentOf?: (nodeId: string) => SimplexAgent;
  readonly recorder: TransitionRecorder<Float32Array, Float32Array, VectorTransitions>;
  readonly seed: number;
  readonly explore: boolean;
  /** Whether states hold what a DU remembers ({@link ContextState}). */
  readonly context: boolean;
  /** What a DU knows of its reward already, where states hold what it remembers. */
  readonly recall?: (nodeId: string) => RewardModel | undefined;
  /** Part of the agent's noise that is left with a model version; halves every 200 versions when absent. */
  readonly explorationScale?: (modelVersion: number) => number;
}

export interface QuotaDecision {
  readonly slices: readonly SliceObservation[];
  /** Shares of the carrier, in the order of the slices. */
  readonly shares: readonly number[];
  readonly interventions: readonly Intervention[];
  /** Reward of the decision before, 0..1; absent after a gap, or when the fallback rule decided. */
  readonly earned?: number;
}

interface NodeState {
  shield: SplitShield;
  readonly context: ContextState | undefined;
}

/** Model versions. */
const EXPLORATION_HALF_LIFE = 200;

/** Splits a DU when there is no model, what a slice in trouble is owed, and the base of actors with a context. */
const FALLBACK = 'urllc-first';

/** The higher controllers of all DUs: one network, a shield and a generator for each DU. */
export class QuotaAgents {
  private readonly nodes = new Map<string, NodeState>();
  private sla: Sla = {};

  private readonly track: DecisionTrack<Float32Array, Float32Array, VectorTransitions>;

  constructor(private readonly options: QuotaAgentsOptions) {
    const { recorder, seed, explore } = options;
    this.track = new DecisionTrack({
      ...{ recorder, explore },
      seed: [seed, 'explore high'],
      scaleOf: options.explorationScale ?? ((version) => explorationScale(version, EXPLORATION_HALF_LIFE)),
    });
  }

  /** What the slices were promised, from now on; where that is new the guards begin anew. */
  promise(sla: Sla): void {
    if (JSON.stringify(sla) === JSON.stringify(this.sla)) return;
    this.sla = sla;
    for (const node of this.nodes.values()) node.shield = this.createShield();
  }

  /**
   * Decides on a slice-level report; without a model version the fallback rule does.
   * @param told the reward of the period that has just ended, where somebody tells it; else it is the mean quality
   * @throws ObservationError when the report lacks something
   */
  decide(report: MeasurementReport, modelVersion: number | undefined, told?: ToldReward): QuotaDecision {
    const { nodeId } = report;
    const { agent, agentOf = () => agent } = this.options;
    const slices = observeSlices(report);
    const node = this.stateOf(nodeId);
    const reward = told ?? { timeMs: report.timeMs, reward: highReward(slices) };
    const state = node.context?.observe(report, slices, reward) ?? highState(slices);
    const proposal =
      modelVersion === undefined
        ? []
        : sharesOfAction(agentOf(nodeId).act(state, this.track.exploration(nodeId, modelVersion)), slices);
    const { shares, interventions } = node.shield.decide(proposal, { slices, kpis: observeSla(report) });
    const action = actionOf(shares, slices);
    node.context?.decided(action);
    // Agents that remember judge by what their own noise brought: a rule decides otherwise for a reason.
    const instructive = !this.options.context || interventions.length === 0;
    const decided = { state, action, modelVersion, instructive };
    const earned = this.track.decided(report, decided, () => reward.reward);
    return {
      slices,
      shares,
      interventions: modelVersion === undefined ? [] : interventions,
      ...(earned !== undefined && { earned }),
    };
  }

  /** The DU did not do what was decided last: what comes of it tells nothing of the decision. */
  undone(nodeId: string): void {
    this.track.undone(nodeId);
  }

  /** What a DU has found out about its reward; nothing where states hold no memory. */
  memory(nodeId: string): RewardModel | undefined {
    return this.nodes.get(nodeId)?.context?.model;
  }

  /** The DU is gone, and what was known of it: should it come again it is another one. */
  forget(nodeId: string): void {
    this.nodes.delete(nodeId);
    this.track.forget(nodeId);
  }

  private stateOf(nodeId: string): NodeState {
    let node = this.nodes.get(nodeId);
    if (node === undefined) {
      const base = createSplitRule(FALLBACK, { seed: 0 });
      const known = this.options.recall?.(nodeId);
      const context = this.options.context ? new ContextState(base, known) : undefined;
      this.nodes.set(nodeId, (node = { shield: this.createShield(), context }));
    }
    return node;
  }

  private createShield(): SplitShield {
    return new SplitShield({ sla: this.sla, fallback: createSplitRule(FALLBACK, { seed: 0 }) });
  }
}

/** What was really done, as the critic takes it: the share of each slice type. */
function actionOf(shares: readonly number[], slices: readonly SliceObservation[]): Float32Array {
  const action = new Float32Array(SLICE_TYPES.length);
  slices.forEach(({ type }, i) => (action[SLICE_TYPES.indexOf(type)]! += shares[i] ?? 0));
  return action;
}
