export { benchRadio, type RadioBenchOptions, type RadioBenchResult } from './bench-radio.js';
export { type KpiWindow } from './kpi-window.js';
export {
  type ChannelConfig,
  type DuProfile,
  type DuType,
  type FadingConfig,
  type HandoverConfig,
  type HarqConfig,
  type LayoutConfig,
  type LinkConfig,
  type MobilityConfig,
  type PathLossModel,
  type RadioConfig,
  type RadioInput,
  type SliceConfig,
  type SlicePolicy,
  type SliceQuota,
  type TrafficConfig,
  type TrafficModel,
} from './radio-config.js';
export { RadioConfigError } from './radio-config.error.js';
export {
  type CellPowerEvent,
  type InterferenceEvent,
  type MobilityEvent,
  type RadioEvent,
  type SurgeEvent,
  type UeCountEvent,
} from './radio-event.js';
export { RadioNetwork, type SliceInfo, type UeInfo } from './radio-network.js';
export type { RadioState } from './radio-state.js';
export { resolveRadioConfig } from './resolve-radio-config.js';
export { type SliceOutcome, sliceQuality } from './slice-quality.js';
export { type BitTally, type Tallies } from './tallies.js';
