import { formatSNssai, subscription, type ReportOf, type SNssai } from '@ricochet/xapp-sdk';

/** All that we would like to know of a slice. */
export const wholeView = (periodMs: number) =>
  subscription({
    name: 'whole',
    level: 'slice',
    periodMs,
    measurements: [
      'RRU.PrbUsedDl',
      'DRB.PdcpSduVolumeDL',
      'DRB.RlcPacketDropRateDl',
      'RCT.PacketDelayDl.P99',
      'RCT.HolDelayDl',
      'RCT.BufferDl',
      'RCT.OfferedVolumeDl',
      'RCT.PrbNeedArrivalDl',
      'RCT.PrbNeedBacklogDl',
      'RCT.RrmPolicyMinDl',
      'RCT.RrmPolicyMaxDl',
    ],
  });

/** What any node that knows slices should tell: names of TS 28.552 alone. */
export const plainView = (periodMs: number) =>
  subscription({
    name: 'plain',
    level: 'slice',
    periodMs,
    measurements: ['RRU.PrbUsedDl', 'DRB.PdcpSduVolumeDL', 'DRB.RlcSduDelayDl'],
  });

/** Needs in PRB slots are told for slots of this length. */
const SLOT_MS = 1;
const KBIT_PER_BYTE = 8 / 1000;

/** One slice over one period; `undefined` is what the node did not tell. */
export interface SliceView {
  readonly snssai: SNssai;
  readonly slice: string;
  readonly usedPrbs: number;
  readonly deliveredKbit: number;
  readonly offeredKbit: number | undefined;
  readonly delayMs: number | undefined;
  /** Delivered of what there was to deliver, 0..1. */
  readonly servedShare: number | undefined;
  /** PRBs that would carry the arrivals and empty the buffers within one period. */
  readonly neededPrbs: number | undefined;
  readonly inForce: { readonly minPercent: number; readonly maxPercent: number } | undefined;
}

export type SliceReport = ReportOf<ReturnType<typeof wholeView> | ReturnType<typeof plainView>>;

export function slicesOf(report: SliceReport): SliceView[] {
  return report.subscription === 'whole'
    ? report.rows.map((row) => wholeOf(report, row))
    : report.rows.map((row) => plainOf(report, row));
}

type WholeReport = ReportOf<ReturnType<typeof wholeView>>;
type PlainReport = ReportOf<ReturnType<typeof plainView>>;

function wholeOf(report: WholeReport, row: WholeReport['rows'][number]): SliceView {
  const value = (name: Parameters<typeof report.value>[1]): number | undefined =>
    report.value(row, name) ?? undefined;
  const arrivalPrbs = value('RCT.PrbNeedArrivalDl');
  const backlogPrbSlots = value('RCT.PrbNeedBacklogDl') ?? 0;
  const deliveredKbit = value('DRB.PdcpSduVolumeDL') ?? 0;
  const offeredKbit = value('RCT.OfferedVolumeDl');
  const droppedKbit = (value('DRB.RlcPacketDropRateDl') ?? 0) * 1e-6 * (offeredKbit ?? 0);
  const toDeliverKbit = deliveredKbit + droppedKbit + (value('RCT.BufferDl') ?? 0) * KBIT_PER_BYTE;
  const minPercent = value('RCT.RrmPolicyMinDl');
  const maxPercent = value('RCT.RrmPolicyMaxDl');
  return {
    snssai: row.snssai,
    slice: formatSNssai(row.snssai),
    usedPrbs: value('RRU.PrbUsedDl') ?? 0,
    deliveredKbit,
    offeredKbit,
    // Of packets that none was delivered of, the age of the oldest.
    delayMs: value('RCT.PacketDelayDl.P99') ?? value('RCT.HolDelayDl'),
    servedShare: toDeliverKbit > 0 ? deliveredKbit / toDeliverKbit : undefined,
    neededPrbs:
      arrivalPrbs === undefined ? undefined : arrivalPrbs + backlogPrbSlots / (report.periodMs / SLOT_MS),
    inForce: minPercent === undefined || maxPercent === undefined ? undefined : { minPercent, maxPercent },
  };
}

function plainOf(report: PlainReport, row: PlainReport['rows'][number]): SliceView {
  const delay = report.value(row, 'DRB.RlcSduDelayDl');
  return {
    snssai: row.snssai,
    slice: formatSNssai(row.snssai),
    usedPrbs: report.value(row, 'RRU.PrbUsedDl') ?? 0,
    deliveredKbit: report.value(row, 'DRB.PdcpSduVolumeDL') ?? 0,
    offeredKbit: undefined,
    delayMs: delay === null ? undefined : delay / 10,
    servedShare: undefined,
    neededPrbs: undefined,
    inForce: undefined,
  };
}
