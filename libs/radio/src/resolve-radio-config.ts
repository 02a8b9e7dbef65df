import { rrmPolicyRatioFault, SLICE_TYPES } from '@ricochet/ran-types';

import { OPTION_DEFAULTS, PAPER, TR38901, TR38901_SCENARIOS } from './presets.js';
import { type RadioConfig, type RadioInput } from './radio-config.js';
import { RadioConfigError } from './radio-config.error.js';
import { checkValues } from './radio-config-ranges.js';

/** Up to one ring of hexagons lies in the open, as in the core paper; larger layouts wrap around. */
const CELLS_WITHOUT_WRAP = 7;

type Plain = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optionDefaults(key: string): Plain | undefined {
  const found = OPTION_DEFAULTS[key] ?? OPTION_DEFAULTS[key.slice(key.lastIndexOf('.') + 1)];
  return found as Plain | undefined;
}

/** `override` on top of `base`, key by key; what is undefined in the override stays; unknown keys are an error. */
function merge(base: unknown, override: unknown, key: string): unknown {
  if (override === undefined) return base;
  if (Array.isArray(override) || !isPlain(override) || key.endsWith('snssai')) return override;
  const under = isPlain(base) ? base : optionDefaults(key);
  if (under === undefined) throw new RadioConfigError(key, 'must not be an object');
  const merged: Record<string, unknown> = { ...under };
  for (const [name, value] of Object.entries(override)) {
    if (value === undefined) continue;
    const path = key === '' ? name : `${key}.${name}`;
    if (!Object.hasOwn(under, name)) throw new RadioConfigError(path, 'is not a known key');
    merged[name] = merge(under[name], value, path);
  }
  return merged;
}

function presetOf(input: RadioInput): RadioConfig {
  const preset = input.preset ?? 'paper';
  if (preset === 'paper') return PAPER;
  if (preset !== 'tr38901')
    throw new RadioConfigError('preset', `${String(preset)} is neither paper nor tr38901`);
  const model = input.channel?.pathLoss ?? 'UMa';
  if (model === 'exponent') return TR38901;
  const scenario = Object.hasOwn(TR38901_SCENARIOS, model) ? TR38901_SCENARIOS[model] : undefined;
  if (scenario === undefined) throw new RadioConfigError('channel.pathLoss', `${model} is not a known model`);
  const { layout, txPowerDbm, antennaGainDbi, ricianKDb, referenceCapacityMbps } = scenario;
  const fading = { ...TR38901.channel.fading, ricianKDb };
  return {
    ...TR38901,
    layout,
    channel: { ...TR38901.channel, pathLoss: model, txPowerDbm, antennaGainDbi, fading },
    traffic: { ...TR38901.traffic, referenceCapacityMbps },
  };
}

function checkOrder(config: RadioConfig): void {
  const pairs: readonly (readonly [string, number, number])[] = [
    ['load', config.load.min, config.load.max],
    ['mobility.speed', config.mobility.speedMinMps, config.mobility.speedMaxMps],
  ];
  for (const [key, min, max] of pairs) {
    if (min > max) throw new RadioConfigError(key, `minimum ${min} is above its maximum ${max}`);
  }
  const { modulation, surges } = config.traffic;
  if (modulation !== false && modulation.periodMinS > modulation.periodMaxS) {
    throw new RadioConfigError('traffic.modulation.periodMinS', 'is above periodMaxS');
  }
  if (surges !== false && surges.durationMinS > surges.durationMaxS) {
    throw new RadioConfigError('traffic.surges.durationMinS', 'is above durationMaxS');
  }
  if (config.layout.minDistanceM >= config.layout.interSiteDistanceM / 2) {
    throw new RadioConfigError('layout.minDistanceM', 'leaves no room inside the cell');
  }
}

function checkSlices(config: RadioConfig): void {
  const ratios = SLICE_TYPES.map((type) => ({
    snssai: config.slices[type].snssai,
    ...config.slices[type].quota,
  }));
  const fault = rrmPolicyRatioFault(ratios);
  if (fault !== undefined) throw new RadioConfigError('slices', `quotas: ${fault}`);
  if (config.duTypes.length === 0) throw new RadioConfigError('duTypes', 'names no type');
  for (const type of config.duTypes) {
    if (!Object.hasOwn(config.duProfiles, type))
      throw new RadioConfigError('duTypes', `${type} is not a known type`);
  }
  for (const [type, { load, ues }] of Object.entries(config.duProfiles)) {
    for (const [name, share] of Object.entries({ load, ues })) {
      const sum = share.eMBB + share.mMTC + share.URLLC;
      if (!(sum > 0)) throw new RadioConfigError(`duProfiles.${type}.${name}`, 'adds up to nothing');
    }
  }
}

/**
 * The preset (in `tr38901` that of the chosen scenario) with the overrides of `input`, checked.
 *
 * @throws RadioConfigError naming the first key that is unknown or out of range.
 */
export function resolveRadioConfig(input: RadioInput): RadioConfig {
  const preset = presetOf(input);
  const merged = merge(preset, input, '') as RadioConfig;
  checkValues(merged);
  const spare = input.spareUesPerCell ?? Math.ceil(0.2 * merged.uesPerCell);
  const roams = merged.handover !== false && input.mobility?.area === undefined;
  const config: RadioConfig = {
    ...merged,
    spareUesPerCell: spare,
    layout: { ...merged.layout, wrapAround: input.layout?.wrapAround ?? merged.cells > CELLS_WITHOUT_WRAP },
    mobility: roams ? { ...merged.mobility, area: 'network' } : merged.mobility,
  };
  checkValues(config);
  checkOrder(config);
  checkSlices(config);
  return config;
}
