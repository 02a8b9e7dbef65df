import { RadioConfigError } from './radio-config.error.js';

type Range = readonly [min: number, max: number, kind?: 'integer'];

/** Range of every number by its path; the last name alone stands for any path that ends in it. */
const RANGES: Readonly<Record<string, Range>> = {
  cells: [1, 1000, 'integer'],
  uesPerCell: [1, 5000, 'integer'],
  spareUesPerCell: [0, 5000, 'integer'],
  prbsPerCell: [1, 275, 'integer'],
  prbBandwidthHz: [1e3, 1e7],
  'load.min': [0, 100],
  'load.max': [0, 100],
  eMBB: [0, 1e6],
  mMTC: [0, 1e6],
  URLLC: [0, 1e6],
  speedFactor: [0, 100],
  presentMeanS: [0.1, 1e6],
  awayMeanS: [0.1, 1e6],
  interSiteDistanceM: [1, 1e5],
  siteHeightM: [1, 1000],
  ueHeightM: [0.5, 100],
  minDistanceM: [0, 1e4],
  speedMinMps: [0, 500],
  speedMaxMps: [0, 500],
  turnPeriodMs: [100, 1e9, 'integer'],
  carrierGhz: [0.1, 100],
  txPowerDbm: [-50, 100],
  antennaGainDbi: [-20, 50],
  noiseDbmPerHz: [-250, 0],
  noiseFigureDb: [0, 50],
  referenceLossDb: [0, 200],
  pathLossExponent: [1, 10],
  sigmaDb: [0, 30],
  correlationM: [0.1, 1e4],
  subbands: [1, 100, 'integer'],
  'fading.periodMs': [1, 10, 'integer'],
  ricianKDb: [-50, 50],
  indoorRatio: [0, 1],
  maxSpectralEfficiency: [0.01, 50],
  codingEfficiency: [0.1, 1],
  pdschSymbols: [1, 14, 'integer'],
  dmrsRePerPrb: [0, 100, 'integer'],
  overheadRePerPrb: [0, 100, 'integer'],
  layers: [1, 4, 'integer'],
  blerTarget: [0.001, 0.5],
  blerSlopePerDb: [0.1, 20],
  outerLoopStepDb: [0, 3],
  maxTransmissions: [1, 16, 'integer'],
  roundTripMs: [1, 64, 'integer'],
  offsetDb: [-30, 30],
  hysteresisDb: [0, 30],
  timeToTriggerMs: [0, 10_000, 'integer'],
  referenceCapacityMbps: [0.001, 1e5],
  mixJitterSigma: [0, 3],
  ueWeightSigma: [0, 3],
  depth: [0, 1],
  periodMinS: [0.1, 1e6],
  periodMaxS: [0.1, 1e6],
  meanIntervalS: [0.1, 1e9],
  durationMinS: [0.01, 1e6],
  durationMaxS: [0.01, 1e6],
  factor: [0, 1000],
  packetBytes: [1, 1e8, 'integer'],
  rateMbpsPerUe: [0, 1e4],
  onMeanMs: [1, 1e9],
  offMeanMs: [1, 1e9],
  frameRateHz: [1, 1000],
  frameSigmaRatio: [0, 0.5],
  frameJitterMs: [0, 100],
  reportPackets: [1, 1000, 'integer'],
  bufferMs: [1, 1e6],
  bufferFactor: [0.1, 1000],
  delayBudgetMs: [1, 1e6],
  minRatio: [0, 100, 'integer'],
  maxRatio: [0, 100, 'integer'],
  dedicatedRatio: [0, 100, 'integer'],
  sst: [0, 255, 'integer'],
  qosDelayMs: [1, 1e6],
  qosServedShare: [0, 1],
};

/** Words that a text may be, by the last name of its path. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  preset: ['paper', 'tr38901'],
  kind: ['hexagonal', 'grid'],
  area: ['cell', 'network'],
  pathLoss: ['exponent', 'UMa', 'UMi', 'RMa', 'InH'],
  'fading.model': ['ar1', 'sum-of-sinusoids', 'none'],
  interference: ['used-prbs', 'full', 'none', 'literal'],
  loss: ['low', 'high'],
  rate: ['shannon', 'mcs'],
  model: ['poisson', 'ftp3', 'xr', 'periodic', 'sparse'],
  latePackets: ['keep', 'count', 'discard'],
  policy: ['weights', 'round-robin', 'proportional-fair', 'max-cqi', 'm-lwdf', 'srpt'],
};

const BOOLEAN = new Set(['wrapAround', 'cqiDelayed']);
const SWITCHABLE = new Set([
  'shadowing',
  'outdoorToIndoor',
  'harq',
  'handover',
  'modulation',
  'surges',
  'onOff',
  'sessions',
]);
const NULLABLE = new Set(['sigmaDb', 'correlationM', 'rateMbpsPerUe']);

function ruleOf<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  const names = key.split('.');
  return table[names.slice(-2).join('.')] ?? table[names.at(-1) ?? ''];
}

/** Any value where the key asks for an object, a number, a word or a switch: says what is wrong, or nothing. */
function faultOf(value: unknown, key: string): string | undefined {
  const name = key.slice(key.lastIndexOf('.') + 1);
  const range = ruleOf(RANGES, key);
  if (range !== undefined) {
    if (value === null && NULLABLE.has(name)) return undefined;
    const [min, max, kind] = range;
    const fits = typeof value === 'number' && value >= min && value <= max;
    if (!fits || (kind === 'integer' && !Number.isInteger(value))) {
      return `must be ${kind === 'integer' ? 'an integer' : 'a number'} from ${min} to ${max}, not ${String(value)}`;
    }
    if (name === 'periodMs' && 10 % value !== 0) return 'must divide 10 ms';
    if (name === 'turnPeriodMs' && value % 100 !== 0) return 'must be a multiple of 100 ms';
    return undefined;
  }
  const words = ruleOf(WORDS, key);
  if (words !== undefined) {
    return words.includes(value as string)
      ? undefined
      : `must be one of ${words.join(', ')}, not ${String(value)}`;
  }
  if (BOOLEAN.has(name)) return typeof value === 'boolean' ? undefined : 'must be true or false';
  if (SWITCHABLE.has(name)) return value === false ? undefined : 'must be false or an object';
  return key === 'duTypes' || name === 'sd' ? undefined : 'must be an object';
}

/** Checks every leaf of a merged configuration. @throws RadioConfigError naming the key */
export function checkValues(value: unknown, key = ''): void {
  const name = key.slice(key.lastIndexOf('.') + 1);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const isSlice = /^slices\.[^.]+$/.test(key);
  if (isSlice && !isObject) throw new RadioConfigError(key, 'must be an object');
  const isLeaf = ruleOf(WORDS, key) !== undefined || BOOLEAN.has(name);
  const isNumber = !isSlice && ruleOf(RANGES, key) !== undefined;
  if (isObject && !isLeaf && !isNumber) {
    for (const [child, inner] of Object.entries(value))
      checkValues(inner, key === '' ? child : `${key}.${child}`);
    return;
  }
  if (key === 'duTypes' && !Array.isArray(value)) throw new RadioConfigError(key, 'must be a list');
  const fault = faultOf(value, key);
  if (fault !== undefined) throw new RadioConfigError(key, fault);
}
