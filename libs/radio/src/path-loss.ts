import { type ChannelConfig, type LayoutConfig, type PathLossModel } from './radio-config.js';

const LIGHT_MPS = 3e8;
/** RMa: average building height and street width (TR 38.901 table 7.4.1-1, defaults). */
const BUILDING_M = 5;
const STREET_M = 20;

export interface LinkGeometry {
  readonly carrierGhz: number;
  readonly siteHeightM: number;
  readonly ueHeightM: number;
}

/** Parameters of a scenario: shadowing sigma (TR 38.901 table 7.4.1-1), correlation distances (table 7.5-6). */
export const SHADOWING: Readonly<
  Record<
    PathLossModel,
    { sigmaLosDb: number; sigmaNlosDb: number; correlationLosM: number; correlationNlosM: number }
  >
> = {
  exponent: { sigmaLosDb: 8, sigmaNlosDb: 8, correlationLosM: 50, correlationNlosM: 50 },
  UMa: { sigmaLosDb: 4, sigmaNlosDb: 6, correlationLosM: 37, correlationNlosM: 50 },
  UMi: { sigmaLosDb: 4, sigmaNlosDb: 7.82, correlationLosM: 10, correlationNlosM: 13 },
  InH: { sigmaLosDb: 3, sigmaNlosDb: 8.03, correlationLosM: 10, correlationNlosM: 6 },
  RMa: { sigmaLosDb: 4, sigmaNlosDb: 8, correlationLosM: 37, correlationNlosM: 120 },
};

/** Distance over which line of sight stays (TR 38.901 table 7.6.3.1-2, UMa and UMi 50 m, RMa 60 m, InH 10 m). */
export const LOS_CORRELATION_M: Readonly<Record<PathLossModel, number>> = {
  exponent: 50,
  UMa: 50,
  UMi: 50,
  RMa: 60,
  InH: 10,
};

/** Effective break point distance (TR 38.901 table 7.4.1-1, notes 1 and 5). */
export function breakPointM(
  model: PathLossModel,
  { carrierGhz, siteHeightM, ueHeightM }: LinkGeometry,
): number {
  const carrierHz = carrierGhz * 1e9;
  if (model === 'RMa') return (2 * Math.PI * siteHeightM * ueHeightM * carrierHz) / LIGHT_MPS;
  return (4 * (siteHeightM - 1) * (ueHeightM - 1) * carrierHz) / LIGHT_MPS;
}

function ruralLosDb(d3D: number, fGhz: number): number {
  const h = BUILDING_M;
  return (
    20 * Math.log10((40 * Math.PI * d3D * fGhz) / 3) +
    Math.min(0.03 * h ** 1.72, 10) * Math.log10(d3D) -
    Math.min(0.044 * h ** 1.72, 14.77) +
    0.002 * Math.log10(h) * d3D
  );
}

/** Path loss in line of sight, dB, at a 2D distance (TR 38.901 table 7.4.1-1). */
export function losPathLossDb(model: PathLossModel, d2D: number, geometry: LinkGeometry): number {
  const { carrierGhz: f, siteHeightM, ueHeightM } = geometry;
  const height2 = (siteHeightM - ueHeightM) ** 2;
  const d3D = Math.max(1, Math.hypot(d2D, siteHeightM - ueHeightM));
  const logD = Math.log10(d3D);
  const logF = 20 * Math.log10(f);
  const breakPoint = breakPointM(model, geometry);
  switch (model) {
    case 'UMa':
      if (d2D <= breakPoint) return 28 + 22 * logD + logF;
      return 28 + 40 * logD + logF - 9 * Math.log10(breakPoint ** 2 + height2);
    case 'UMi':
      if (d2D <= breakPoint) return 32.4 + 21 * logD + logF;
      return 32.4 + 40 * logD + logF - 9.5 * Math.log10(breakPoint ** 2 + height2);
    case 'RMa':
      if (d2D <= breakPoint) return ruralLosDb(d3D, f);
      return (
        ruralLosDb(Math.hypot(breakPoint, siteHeightM - ueHeightM), f) + 40 * Math.log10(d3D / breakPoint)
      );
    case 'InH':
    case 'exponent':
      return 32.4 + 17.3 * logD + logF;
  }
}

/** Path loss without line of sight, dB: never below that in line of sight (TR 38.901 table 7.4.1-1). */
export function nlosPathLossDb(model: PathLossModel, d2D: number, geometry: LinkGeometry): number {
  const { carrierGhz: f, siteHeightM, ueHeightM } = geometry;
  const logD = Math.log10(Math.max(1, Math.hypot(d2D, siteHeightM - ueHeightM)));
  const logF = Math.log10(f);
  const los = losPathLossDb(model, d2D, geometry);
  switch (model) {
    case 'UMa':
      return Math.max(los, 13.54 + 39.08 * logD + 20 * logF - 0.6 * (ueHeightM - 1.5));
    case 'UMi':
      return Math.max(los, 22.4 + 35.3 * logD + 21.3 * logF - 0.3 * (ueHeightM - 1.5));
    case 'RMa': {
      const loss =
        161.04 -
        7.1 * Math.log10(STREET_M) +
        7.5 * Math.log10(BUILDING_M) -
        (24.37 - 3.7 * (BUILDING_M / siteHeightM) ** 2) * Math.log10(siteHeightM) +
        (43.42 - 3.1 * Math.log10(siteHeightM)) * (logD - 3) +
        20 * logF -
        (3.2 * Math.log10(11.75 * ueHeightM) ** 2 - 4.97);
      return Math.max(los, loss);
    }
    case 'InH':
    case 'exponent':
      return Math.max(los, 17.3 + 38.3 * logD + 24.9 * logF);
  }
}

/** Probability of line of sight at a 2D distance, UE no higher than 13 m (TR 38.901 table 7.4.2-1). */
export function losProbability(model: PathLossModel, d2D: number): number {
  switch (model) {
    case 'UMa':
      return d2D <= 18 ? 1 : 18 / d2D + Math.exp(-d2D / 63) * (1 - 18 / d2D);
    case 'UMi':
      return d2D <= 18 ? 1 : 18 / d2D + Math.exp(-d2D / 36) * (1 - 18 / d2D);
    case 'RMa':
      return d2D <= 10 ? 1 : Math.exp(-(d2D - 10) / 1000);
    case 'InH':
      if (d2D <= 1.2) return 1;
      return d2D < 6.5 ? Math.exp(-(d2D - 1.2) / 4.7) : 0.32 * Math.exp(-(d2D - 6.5) / 32.6);
    case 'exponent':
      return 0;
  }
}

/** Loss of the `exponent` model, dB: reference at 1 m and 10·n·lg of the 3D distance. */
export function exponentPathLossDb(d2D: number, channel: ChannelConfig, layout: LayoutConfig): number {
  const d3D = Math.max(1, Math.hypot(d2D, layout.siteHeightM - layout.ueHeightM));
  return channel.referenceLossDb + 10 * channel.pathLossExponent * Math.log10(d3D);
}

/** Outdoor-to-indoor loss, dB, without its random part (TR 38.901 tables 7.4.3-1 and 7.4.3-2). */
export function outdoorToIndoorLossDb(kind: 'low' | 'high', indoorM: number, carrierGhz: number): number {
  const concrete = 5 + 4 * carrierGhz;
  const through =
    kind === 'low'
      ? 0.3 * 10 ** (-(2 + 0.2 * carrierGhz) / 10) + 0.7 * 10 ** (-concrete / 10)
      : 0.7 * 10 ** (-(23 + 0.3 * carrierGhz) / 10) + 0.3 * 10 ** (-concrete / 10);
  return 5 - 10 * Math.log10(through) + 0.5 * indoorM;
}

/** Sigma of the outdoor-to-indoor loss, dB (TR 38.901 table 7.4.3-2). */
export const OUTDOOR_TO_INDOOR_SIGMA_DB = { low: 4.4, high: 6.5 } as const;
