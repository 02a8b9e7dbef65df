import { type RanControl, type RicProcedure, type SubscriptionSpec } from '@ricochet/contracts';
import { type ProfileName } from '@ricochet/e2ap';

/** Slices of the preset `paper`. */
const [EMBB, MMTC] = [{ sst: 1 }, { sst: 3 }];
const UNKNOWN = { sst: 99 };

interface AcknowledgedQuota {
  readonly isMinimumInForce: boolean;
  /** What the RIC says with the acknowledgement. */
  readonly cause?: RegExp;
  /** Why its effect is not known; where there is none, it is. */
  readonly effect?: RegExp;
}

/** What a node of one make does for an xApp, and what it is not even asked. */
export interface Make {
  readonly profile: ProfileName;
  readonly nodes: readonly [string, string];
  /** What the RIC has to be told of nodes that look like others. */
  readonly configured?: Readonly<Record<string, ProfileName>>;
  /** Subscriptions that it has, each with `volume` among its measurements. */
  readonly offered: readonly SubscriptionSpec[];
  /** Kilobits that were delivered, to a cell, a slice or a UE. */
  readonly volume: string;
  /** By how much a volume may be below the true one. */
  readonly roundingKbit: number;
  /** Report times are whole multiples of it: FlexRIC's v2.03 tells the second alone. */
  readonly clockMs: number;
  readonly refused: readonly (readonly [SubscriptionSpec, RegExp])[];
  /** What it does with {@link QUOTA}, or why it is not sent. */
  readonly quota: AcknowledgedQuota | RegExp;
  readonly refusedControls: readonly (readonly [RanControl, RegExp])[];
  /** Why procedures that the RIC may begin are refused; of others, none. */
  readonly refusedProcedures?: Readonly<Record<RicProcedure, RegExp>>;
  /** What the RIC tells of a node whose scenario resets it. */
  readonly reset: RegExp;
}

const spec = (
  name: string,
  level: SubscriptionSpec['level'],
  measurements: readonly string[],
): SubscriptionSpec => ({ name, level, periodMs: 100, measurements: [...measurements] });

const ofSlice = (of: SubscriptionSpec, snssai = EMBB): SubscriptionSpec => ({
  ...of,
  name: `${of.name} of slice ${snssai.sst}`,
  snssai,
});

const ratio = (snssai: { sst: number }, minRatio: number, maxRatio: number) => ({
  snssai,
  minRatio,
  maxRatio,
  dedicatedRatio: 0,
});

/** Asks for more than a maximum. */
export const QUOTA = { kind: 'slice-quota' as const, ratios: [ratio(EMBB, 10, 70), ratio(MMTC, 5, 80)] };

const overdone: RanControl = { kind: 'slice-quota', ratios: [ratio(EMBB, 0, 101)] };
const quotaOfUnknown: RanControl = { kind: 'slice-quota', ratios: [ratio(UNKNOWN, 0, 50)] };
const weights = (snssai: { sst: number }): RanControl => ({
  kind: 'ue-weights',
  slices: [{ snssai, weights: [{ ueId: 0, weight: 2 }] }],
});

const OWN = ['RRU.PrbUsedDl', 'DRB.PdcpSduVolumeDL'];
const oran: Make = {
  profile: 'oran',
  nodes: ['gnb-001-01-1-du-1', 'gnb-001-01-1-du-2'],
  offered: [
    spec('cell', 'cell', ['RRU.PrbTotDl', ...OWN]),
    spec('slices', 'slice', OWN),
    spec('ues', 'ue', OWN),
    ofSlice(spec('ues', 'ue', OWN)),
  ],
  volume: 'DRB.PdcpSduVolumeDL',
  roundingKbit: 0,
  clockMs: 1,
  refused: [
    [spec('uplink', 'cell', ['DRB.UEThpUl']), /does not measure "DRB\.UEThpUl"/],
    [spec('cell-wide', 'ue', ['CARR.WBCQIDist']), /does not measure "CARR\.WBCQIDist"/],
    [ofSlice(spec('one slice', 'slice', OWN)), /reports of one slice are of its UEs, not of level slice/],
  ],
  quota: { isMinimumInForce: true },
  refusedControls: [
    [overdone, /maxRatio 101/],
    [quotaOfUnknown, /slice 99 is not served there \(it serves 1, /],
    [weights(UNKNOWN), /slice 99 is not served there/],
  ],
  reset: /has reset \(.*\): it is subscribed to anew/,
};

const OF_SRSRAN = ['RRU.PrbTotDl', 'DRB.UEThpDl', 'DRB.RlcSduTransmittedVolumeDL'];
const NEVER_ANSWERS = /a srsran peer never answers/;
const srsran: Make = {
  profile: 'srsran',
  nodes: oran.nodes,
  offered: [spec('cell', 'cell', OF_SRSRAN), spec('ues', 'ue', OF_SRSRAN)],
  volume: 'DRB.RlcSduTransmittedVolumeDL',
  roundingKbit: 1,
  clockMs: 1,
  refused: [
    [spec('slices', 'slice', OF_SRSRAN), /a srsran node reports nothing by slice/],
    [ofSlice(spec('ues', 'ue', OF_SRSRAN)), /a srsran node reports all UEs/],
    [spec('pdcp', 'cell', ['DRB.PdcpSduVolumeDL']), /does not measure "DRB\.PdcpSduVolumeDL"/],
  ],
  quota: {
    isMinimumInForce: false,
    cause: /applies the maximum ratio alone/,
    effect: /^not reported: .*by slice/,
  },
  refusedControls: [
    [overdone, /maxRatio 101/],
    [weights(EMBB), /offers no RICOCHET-E2SM-UE-WEIGHTS/],
  ],
  refusedProcedures: { reset: NEVER_ANSWERS, query: NEVER_ANSWERS, remove: NEVER_ANSWERS },
  reset: /lost: /,
};

const OF_OAI = ['RRU.PrbTotDl', 'DRB.UEThpDl', 'DRB.PdcpSduVolumeDL'];
const flexric = (profile: 'flexric-2.03' | 'flexric-3.01'): Make => ({
  profile,
  nodes: ['gnb-001-01-1', 'gnb-001-01-2'],
  offered: [ofSlice(spec('ues', 'ue', OF_OAI)), ofSlice(spec('ues', 'ue', OF_OAI), MMTC)],
  volume: 'DRB.PdcpSduVolumeDL',
  roundingKbit: 1,
  clockMs: 1,
  refused: [
    [spec('cell', 'cell', OF_OAI), /offers no KPM report style 1/],
    [spec('slices', 'slice', OF_OAI), new RegExp(`a ${profile} node reports nothing by slice`)],
    [spec('ues', 'ue', OF_OAI), new RegExp(`a ${profile} node reports the UEs of one slice`)],
    [
      ofSlice(spec('drops', 'ue', ['DRB.RlcPacketDropRateDl'])),
      /does not measure "DRB\.RlcPacketDropRateDl"/,
    ],
  ],
  quota: /offers no RC control style 2/,
  refusedControls: [
    [overdone, /maxRatio 101/],
    [weights(EMBB), /offers no RICOCHET-E2SM-UE-WEIGHTS/],
  ],
  refusedProcedures: {
    reset: new RegExp(`a ${profile} peer takes no ResetRequest`),
    query: new RegExp(`a ${profile} peer takes no RICserviceQuery`),
    remove: new RegExp(`a ${profile} peer takes no E2removalRequest`),
  },
  reset: /lost: /,
});

export const MAKES: readonly Make[] = [
  oran,
  srsran,
  { ...flexric('flexric-2.03'), clockMs: 1_000 },
  { ...flexric('flexric-3.01'), configured: { 'gnb-001-01-*': 'flexric-3.01' } },
];
