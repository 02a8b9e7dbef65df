import { type RewardModel } from '@ricochet/control';
import {
  type ElementState,
  type ElementTransitions,
  ElementPacker,
  VectorPacker,
  type SetAgent,
  type SimplexAgent,
  type VectorTransitions,
} from '@ricochet/rl';
import { type LevelPreset, remembers } from '../level-agent.js';
import { TransitionRecorder } from '../recorder/transition-recorder.js';
import { QuotaAgents } from './quota-agents.js';
import { SchedulerAgents } from './scheduler-agents.js';

/** The agents of both levels. */
export interface DuAgents {
  readonly high: QuotaAgents;
  readonly low: SchedulerAgents;
}

/** The networks that they act by. */
export interface DuActors {
  readonly high: SimplexAgent;
  readonly low: SetAgent;
}

/** Where what they do is kept. */
export interface DuRecorders {
  readonly high: TransitionRecorder<Float32Array, Float32Array, VectorTransitions>;
  readonly low: TransitionRecorder<ElementState, Float32Array, ElementTransitions>;
}

export interface DuAgentsOptions {
  readonly preset: LevelPreset;
  readonly seed: number;
  /** Part of the actors' noise, 0 for none. */
  readonly explorationScale: number;
  /** New ones when absent. */
  readonly recorders?: DuRecorders;
  readonly recall?: (nodeId: string) => RewardModel | undefined;
}

export function createRecorders(): DuRecorders {
  return { high: new TransitionRecorder(VectorPacker), low: new TransitionRecorder(ElementPacker) };
}

/** Agents that decide for DUs as the xApps' do, without any SLA. */
export function createDuAgents(
  actors: DuActors,
  { preset, seed, explorationScale, recorders = createRecorders(), recall }: DuAgentsOptions,
): DuAgents {
  const common = { seed, explore: explorationScale > 0, explorationScale: () => explorationScale };
  return {
    high: new QuotaAgents({
      ...common,
      ...{ agent: actors.high, recorder: recorders.high, context: remembers(preset) },
      ...(recall && { recall }),
    }),
    low: new SchedulerAgents({
      ...common,
      ...{ agent: actors.low, recorder: recorders.low, onRule: remembers(preset) },
    }),
  };
}
