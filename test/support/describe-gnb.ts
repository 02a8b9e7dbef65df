import { formatSNssai } from '@ricochet/ran-types';
import { type EmulatedGnb } from '../emulators/emulated-gnb.js';

export interface GnbDescription {
  readonly gnbId: number;
  readonly profile: string;
  readonly periodMs: number;
}

/** What an operator would write about an emulated gNB. */
export function describeGnb(gnb: EmulatedGnb, { gnbId, profile, periodMs }: GnbDescription): string {
  const { slices, config } = gnb.network;
  const ues = gnb.network.uesOf(0).map(({ ueIndex }) => {
    const rnti = gnb.rntiOf(ueIndex);
    return `  - { rnti: ${rnti}, slice: '${formatSNssai(gnb.sliceOf(rnti)!)}' }`;
  });
  return [
    "plmn: '00101'",
    `gnbId: ${gnbId}`,
    `profile: ${profile}`,
    `periodMs: ${periodMs}`,
    'cells:',
    `  - { pci: 1, prbs: ${config.prbsPerCell}, scsKhz: 15, dlShare: 0.79,`,
    `      slices: [${slices.map(({ snssai }) => `'${formatSNssai(snssai)}'`).join(', ')}] }`,
    'ues:',
    ...ues,
    '',
  ].join('\n');
}
