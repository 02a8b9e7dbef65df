import {
  BASE_SPLIT_AT,
  BASE_WEIGHT_AT,
  CONTEXT_STATE_SIZE,
  HIGH_STATE_SIZE,
  UE_FEATURES,
} from '@ricochet/control';
import { SLICE_TYPES } from '@ricochet/ran-types';
import { type AgentConfig, type AgentOptions } from '@ricochet/rl';

/**
 * The kinds of agents: `default` learns from nothing on the state of the moment, `paper` is that with the core paper's
 * networks, `context` learns on top of rules and remembers (`ContextState`, base weights in `lowState`), `td3` is
 * `default` with the improvements of TD3.
 */
export const LEVEL_PRESETS = ['default', 'paper', 'context', 'td3'] as const;
export type LevelPreset = (typeof LEVEL_PRESETS)[number];

/** Those that learn in a RIC, too: its meta update has no delayed policy, which TD3 needs. */
export const RIC_PRESETS = ['default', 'paper', 'context'] as const satisfies readonly LevelPreset[];
export type RicPreset = (typeof RIC_PRESETS)[number];

/** The agent of each level: what its networks see and decide (`highState` or `ContextState`, `lowState`). */
export const LEVEL_AGENTS = {
  high: (preset: LevelPreset) => ({
    kind: 'simplex' as const,
    ...networksOf(preset),
    stateSize: remembers(preset) ? CONTEXT_STATE_SIZE : HIGH_STATE_SIZE,
    shares: SLICE_TYPES.length,
    ...(remembers(preset) && { residual: { baseAt: BASE_SPLIT_AT } }),
  }),
  low: (preset: LevelPreset) => ({
    kind: 'set' as const,
    ...networksOf(preset),
    featureCount: remembers(preset) ? UE_FEATURES + 1 : UE_FEATURES,
    ...(remembers(preset) && { residual: { baseAt: BASE_WEIGHT_AT } }),
  }),
} satisfies Record<string, (preset: LevelPreset) => AgentConfig>;

/** Whether the agents of a preset learn on top of rules, the high level's with a `ContextState`. */
export function remembers(preset: LevelPreset): boolean {
  return preset === 'context';
}

function networksOf(preset: LevelPreset): Pick<AgentOptions, 'preset' | 'improvements'> {
  return {
    preset: preset === 'paper' ? 'paper' : 'default',
    ...(preset === 'td3' && { improvements: 'td3' }),
  };
}
