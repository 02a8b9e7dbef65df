/** Sizes and constants that were chosen for this problem, or those of the core paper's section VII.B. */
export type AgentPreset = 'default' | 'paper';

/** Factor on the first weights of an actor's last layer: a fresh policy stays near equal shares. */
export const ACTOR_OUTPUT_SCALE = 0.1;
