import {
  createSchedulerRule,
  type Intervention,
  lowReward,
  lowState,
  observeQuotas,
  observeUes,
  type SliceQuotaInForce,
  type UeObservation,
  WeightShield,
} from '@ricochet/control';
import { type MeasurementReport } from '@ricochet/ran-types';
import {
  type ElementState,
  type ElementTransitions,
  type Exploration,
  SeededRandom,
  type SetAgent,
} from '@ricochet/rl';
import { type TransitionRecorder } from '../recorder/transition-recorder.js';
import { explorationScale } from './exploration-scale.js';
import { follows, type LastDecision } from './last-decision.js';

export interface SchedulerAgentsOptions {
  readonly agent: SetAgent;
  readonly recorder: TransitionRecorder<ElementState, Float32Array, ElementTransitions>;
  readonly seed: number;
  readonly explore: boolean;
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
  readonly random: SeededRandom;
  quotas: readonly SliceQuotaInForce[];
  last?: LastDecision;
}

/** Model versions. */
const EXPLORATION_HALF_LIFE = 50;

/** Weighs UEs when there is no model. */
const FALLBACK = 'srpt';

/** The lower controllers of all DUs: one network, a shield and a generator for each DU. */
export class SchedulerAgents {
  private readonly nodes = new Map<string, NodeState>();

  constructor(private readonly options: SchedulerAgentsOptions) {}

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
    const { agent, recorder } = this.options;
    const ues = observeUes(report);
    const node = this.stateOf(nodeId);
    const { features, groups } = lowState(ues, node.quotas);
    const state: ElementState = { features, groups };
    const reward = follows(report, node.last) ? lowReward(ues) : undefined;
    const scores =
      modelVersion === undefined ? [] : agent.act(state, this.exploration(node, modelVersion)).scores;
    const { weights, interventions } = node.shield.decide(scores, ues);
    if (reward === undefined) recorder.interrupt(nodeId);
    recorder.record(nodeId, { state, action: Float32Array.from(weights), reward });
    const before = node.last;
    node.last = { timeMs: report.timeMs, byModel: modelVersion !== undefined };
    return {
      ues,
      weights,
      interventions: modelVersion === undefined ? [] : interventions,
      ...(reward !== undefined && before?.byModel === true && { earned: reward }),
    };
  }

  /** The DU did not do what was decided last: what comes of it tells nothing of the decision. */
  undone(nodeId: string): void {
    delete this.nodes.get(nodeId)?.last;
    this.options.recorder.interrupt(nodeId);
  }

  private exploration({ random }: NodeState, modelVersion: number): Exploration | undefined {
    if (!this.options.explore) return undefined;
    return { random, scale: explorationScale(modelVersion, EXPLORATION_HALF_LIFE) };
  }

  private stateOf(nodeId: string): NodeState {
    let node = this.nodes.get(nodeId);
    if (node === undefined) {
      node = {
        shield: new WeightShield(createSchedulerRule(FALLBACK, { seed: 0 })),
        random: new SeededRandom(this.options.seed, 'explore low', nodeId),
        quotas: [],
      };
      this.nodes.set(nodeId, node);
    }
    return node;
  }
}
