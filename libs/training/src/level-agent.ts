import { HIGH_STATE_SIZE, UE_FEATURES } from '@ricochet/control';
import { SLICE_TYPES } from '@ricochet/ran-types';
import { type AgentConfig, type AgentPreset } from '@ricochet/rl';

/** The agent of each level: what its networks see and decide (`highState`, `lowState`). */
export const LEVEL_AGENTS = {
  high: (preset: AgentPreset) => ({
    kind: 'simplex' as const,
    preset,
    stateSize: HIGH_STATE_SIZE,
    shares: SLICE_TYPES.length,
  }),
  low: (preset: AgentPreset) => ({ kind: 'set' as const, preset, featureCount: UE_FEATURES }),
} satisfies Record<string, (preset: AgentPreset) => AgentConfig>;
