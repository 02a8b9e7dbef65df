import { LearningError } from '../learning.error.js';

/** Sizes and constants that were chosen for this problem, or those of the core paper's section VII.B. */
export type AgentPreset = 'default' | 'paper';

/** `td3`: twin critics and target policy smoothing (Fujimoto et al. 2018). */
export type AgentImprovements = 'none' | 'td3';

/** What every kind of agent can be told, as plain data; what is absent is the preset's. */
export interface AgentOptions {
  readonly preset: AgentPreset;
  /** Units of the hidden layers. */
  readonly hidden?: readonly number[];
  /** Discount per decision, in [0, 1). */
  readonly gamma?: number;
  /** Standard deviation of the exploration noise on the logits. */
  readonly sigma?: number;
  /** Default `none`: plain DDPG. */
  readonly improvements?: AgentImprovements;
}

/** Factor on the first weights of an actor's last layer: a fresh policy stays near equal shares. */
export const ACTOR_OUTPUT_SCALE = 0.1;

/** Updates of the critics for each one of the actor in TD3. */
const TD3_POLICY_DELAY = 2;

/** What `improvements` means for an agent's networks and for those who update it. */
export function improvementsOf({ improvements = 'none' }: AgentOptions) {
  return improvements === 'td3'
    ? { algorithm: 'td3', critics: 2, policyDelay: TD3_POLICY_DELAY }
    : { algorithm: 'ddpg', critics: 1, policyDelay: 1 };
}

/** @throws {LearningError} a discount or a standard deviation that is none */
export function assertConstants({ gamma, sigma }: { readonly gamma: number; readonly sigma: number }): void {
  if (!(gamma >= 0 && gamma < 1)) {
    throw new LearningError('LEARNING_BAD_INPUT', `gamma is ${gamma}, not within 0 and 1`);
  }
  if (!(sigma >= 0 && sigma < Infinity)) {
    throw new LearningError('LEARNING_BAD_INPUT', `sigma is ${sigma}, not a standard deviation`);
  }
}
