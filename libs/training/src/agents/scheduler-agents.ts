import {
  createSchedulerRule,
  type Intervention,
  lowReward,
  type LowState,
  lowState,
  observeQuotas,
  observeUes,
  type SliceQuotaInForce,
  type UeObservation,
  WeightShield,
} from '@ricochet/control';
import { type MeasurementReport } from '@ricochet/ran-types';
import { type ElementState, type ElementTransitions, type SetAgent } from '@ricochet/rl';
import { type TransitionRecorder } from '../recorder/transition-recorder.js';
import { DecisionTrack } from './decision-track.js';
import { explorationScale } from './exploration-scale.js';

export interface SchedulerAgentsOptions {
  readonly agent: SetAgent;
  /** Who acts for a DU, where that is not `agent` for all of them. */
  readonly agentOf?: (nodeId: string) => SetAgent;
  readonly recorder: TransitionRecorder<ElementState, Float32Array, ElementTransitions>;
  readonly seed: number;
  readonly explore: boolean;
  /** Whether the agent learns on top of a rule ({@link lowState}'s `baseWeights`). */
  readonly onRule: boolean;
  /** Part of the agent's noise that is left with a model version; halves every 50 versions when absent. */
  readonly explorationScale?: (modelVersion: number) => number;
}

export interface SchedulerDecision {
  readonly ues: readonly UeObservation[];
  /** Scheduling weights, in the order of the UEs; inside each slice they add up to 1. */
  readonly weights: readonly number[];
  readonly interventions: readonly Intervention[];
  /** Reward of the decision before, 0..1; absent after a gap, or when the fallback rule decided. */
  readonly earned?: number;
}

interface NodeState {
  readonly shield: WeightShield;
  quotas: readonly SliceQuotaInForce[];
}

/** Model versions. */
const EXPLORATION_HALF_LIFE = 50;

/** Weighs UEs when there is no model, and is the base of actors on a rule; it has no memory. */
const FALLBACK = 'srpt';

/** The lower controllers of all DUs: one network, a shield and a generator for each DU. */
export class SchedulerAgents {
  private readonly nodes = new Map<string, NodeState>();
  private readonly base = createSchedulerRule(FALLBACK, { seed: 0 });
  private readonly track: DecisionTrack<ElementState, Float32Array, ElementTransitions>;

  constructor(private readonly options: SchedulerAgentsOptions) {
    const { recorder, seed, explore } = options;
    this.track = new DecisionTrack({
      ...{ recorder, explore },
      seed: [seed, 'explore low'],
      scaleOf: options.explorationScale ?? ((version) => explorationScale(version, EXPLORATION_HALF_LIFE)),
    });
  }

  /** Takes the quotas in force from a slice-level report. @throws ObservationError when it lacks them */
  quotas(report: MeasurementReport): void {
    this.stateOf(report.nodeId).quotas = observeQuotas(report);
  }

  /**
   * Decides on a UE-level report; without a model version the fallback rule does.
   * @throws ObservationError when the report lacks something
   */
  decide(report: MeasurementReport, modelVersion: number | undefined): SchedulerDecision {
    const { nodeId } = report;
    const { agent, agentOf = () => agent } = this.options;
    const ues = observeUes(report);
    const node = this.stateOf(nodeId);
    const { features, groups } = this.observe(ues, node.quotas);
    const state: ElementState = { features, groups };
    const scores =
      modelVersion === undefined
        ? []
        : agentOf(nodeId).act(state, this.track.exploration(nodeId, modelVersion)).scores;
    const { weights, interventions } = node.shield.decide(scores, ues);
    const instructive = !this.options.onRule || interventions.length === 0;
    const decided = { state, action: new Float32Array(weights), modelVersion, instructive };
    const earned = this.track.decided(report, decided, () => lowReward(ues));
    return {
      ues,
      weights,
      interventions: modelVersion === undefined ? [] : interventions,
      ...(earned !== undefined && { earned }),
    };
  }

  /** The DU did not do what was decided last: what comes of it tells nothing of the decision. */
  undone(nodeId: string): void {
    this.track.undone(nodeId);
  }

  /** The DU is gone, and what was known of it: should it come again it is another one. */
  forget(nodeId: string): void {
    this.nodes.delete(nodeId);
    this.track.forget(nodeId);
  }

  private observe(ues: readonly UeObservation[], quotas: readonly SliceQuotaInForce[]): LowState {
    return lowState(ues, quotas, this.options.onRule ? { baseWeights: this.base.weights(ues) } : {});
  }

  private stateOf(nodeId: string): NodeState {
    let node = this.nodes.get(nodeId);
    if (node === undefined) {
      node = {
        shield: new WeightShield(this.base),
        quotas: [],
      };
      this.nodes.set(nodeId, node);
    }
    return node;
  }
}
