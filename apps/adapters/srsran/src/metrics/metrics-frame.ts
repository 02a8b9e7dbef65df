import { z } from 'zod';

/**
 * What srsRAN and OCUDU tell in JSON, as lenient as it has to be: fields come and go between releases, a value that is
 * not there is absent, null, −1 or "n/a". Only what can not be understood at all is refused.
 */
const amount = z.number().nonnegative().optional().catch(undefined);
const within = (max: number) => z.number().min(0).max(max).optional().catch(undefined);
const numeric = (max: number) => z.coerce.number().int().min(0).max(max);

const ueSchema = z
  .object({
    rnti: numeric(0xffff),
    ue: numeric(0xffff).optional().catch(undefined),
    pci: numeric(1007).optional().catch(undefined),
    cqi: within(15),
    /** `dl_ri` from 25.10 on. */
    dl_ri: within(8),
    ri: within(8),
    dl_mcs: within(31),
    /** bit/s. */
    dl_brate: amount,
    dl_nof_ok: amount,
    dl_nof_nok: amount,
    /** Octets waiting. */
    dl_bs: amount,
  })
  .transform(({ ue, ri, dl_ri, ...told }) => ({ ...told, number: ue, layers: dl_ri ?? ri }));

const eventSchema = z.object({
  rnti: numeric(0xffff),
  event_type: z.enum(['ue_create', 'ue_reconf', 'ue_rem']),
});

const cellMetricsSchema = z
  .object({
    pci: numeric(1007).optional().catch(undefined),
    /** OCUDU's; srsRAN has `nof_failed_pdcch_allocs`. */
    failed_dl_pdcch: amount,
    /** Mean PRBs by slot of the TDD pattern; OCUDU. */
    pdsch_prbs_used_per_tdd_slot_idx: z.array(z.number().nonnegative()).optional().catch(undefined),
  })
  .catch({});

/** UEs of before 25.10 lie in a container each. */
const inContainer = z.object({ ue_container: z.unknown() }).transform((entry) => entry.ue_container);
const containedEvent = z.object({ cell_events: z.unknown() }).transform((entry) => entry.cell_events);

const cellSchema = z.object({
  cell_metrics: cellMetricsSchema.optional(),
  ue_list: z.array(z.unknown()).nullish(),
  event_list: z.array(z.unknown()).nullish(),
});

const rlcSchema = z.object({
  ue_id: numeric(0xffff),
  tx: z.object({
    num_sdus: amount,
    num_dropped_sdus: amount,
    num_discarded_sdus: amount,
    sum_sdu_latency_us: amount,
  }),
});

/** A UE as a cell's scheduler tells of it, over the period. */
export type UeMetrics = z.infer<typeof ueSchema>;

/** What became of a UE within the period. */
export type UeEvent = z.infer<typeof eventSchema>;

export interface CellMetrics {
  readonly pci?: number | undefined;
  readonly prbsBySlot?: readonly number[] | undefined;
  readonly ues: readonly UeMetrics[];
  readonly events: readonly UeEvent[];
  /** Entries of the lists that could not be understood. */
  readonly refused: number;
}

/** RLC's side of one bearer, over the period. */
export interface RlcMetrics {
  /** The UE's number at the DU. */
  readonly number: number;
  readonly sdus: number;
  readonly lostSdus: number;
  readonly latencyUs: number;
}

export type MetricsFrame =
  | {
      readonly kind: 'cells';
      /** Whose it is, where that shows: the profile's name in `libs/e2ap`. */
      readonly profile: 'srsran-25.10' | 'ocudu-26.04' | undefined;
      readonly timeMs: number | undefined;
      readonly cells: readonly CellMetrics[];
    }
  | { readonly kind: 'rlc'; readonly rlc: RlcMetrics }
  /** Metrics of another layer: not of interest here. */
  | { readonly kind: 'other' }
  | { readonly kind: 'refused'; readonly why: string };

/** Roots that tell that an object is a scheduler's report of before 25.10. */
const OLD_ROOTS = ['ue_list', 'cell_metrics', 'event_list'];

/** What a JSON value of a gNB's metrics is. */
export function metricsFrameOf(value: unknown): MetricsFrame {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { kind: 'refused', why: 'no JSON object' };
  }
  const root = value as Readonly<Record<string, unknown>>;
  if ('rlc_metrics' in root) return rlcOf(root['rlc_metrics']);
  if ('cells' in root) {
    return Array.isArray(root['cells'])
      ? cellsOf(root['timestamp'], root['cells'], 'srsran-25.10')
      : { kind: 'refused', why: '"cells" is no list' };
  }
  if (OLD_ROOTS.some((name) => name in root)) return cellsOf(root['timestamp'], [root]);
  return { kind: 'other' };
}

function cellsOf(timestamp: unknown, list: readonly unknown[], atLeast?: 'srsran-25.10'): MetricsFrame {
  const cells: CellMetrics[] = [];
  let isOcudu = false;
  for (const [place, entry] of list.entries()) {
    const cell = cellSchema.safeParse(entry);
    if (!cell.success) return { kind: 'refused', why: `cell ${place}: ${firstIssue(cell.error)}` };
    const { cell_metrics: own, ue_list, event_list } = cell.data;
    isOcudu ||= own?.failed_dl_pdcch !== undefined;
    const ues = entriesOf(ue_list, z.union([inContainer.pipe(ueSchema), ueSchema]));
    const events = entriesOf(event_list, z.union([containedEvent.pipe(eventSchema), eventSchema]));
    cells.push({
      pci: own?.pci,
      prbsBySlot: own?.pdsch_prbs_used_per_tdd_slot_idx,
      ues: ues.read,
      events: events.read,
      refused: ues.refused + events.refused,
    });
  }
  const profile = isOcudu ? 'ocudu-26.04' : atLeast;
  return { kind: 'cells', profile, timeMs: timeOf(timestamp), cells };
}

function rlcOf(value: unknown): MetricsFrame {
  const rlc = rlcSchema.safeParse(value);
  if (!rlc.success) return { kind: 'refused', why: `rlc_metrics: ${firstIssue(rlc.error)}` };
  const { ue_id, tx } = rlc.data;
  return {
    kind: 'rlc',
    rlc: {
      number: ue_id,
      sdus: tx.num_sdus ?? 0,
      lostSdus: (tx.num_dropped_sdus ?? 0) + (tx.num_discarded_sdus ?? 0),
      latencyUs: tx.sum_sdu_latency_us ?? 0,
    },
  };
}

function entriesOf<T>(list: readonly unknown[] | null | undefined, schema: z.ZodType<T>) {
  const read: T[] = [];
  let refused = 0;
  for (const entry of list ?? []) {
    const one = schema.safeParse(entry);
    if (one.success) read.push(one.data);
    else refused += 1;
  }
  return { read, refused };
}

/** Seconds since 1970, or a date that is UTC unless it says otherwise, as ms since 1970. */
function timeOf(timestamp: unknown): number | undefined {
  if (typeof timestamp === 'number') return timestamp > 0 ? Math.round(timestamp * 1000) : undefined;
  if (typeof timestamp !== 'string') return undefined;
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(timestamp);
  const timeMs = Date.parse(hasZone ? timestamp : `${timestamp}Z`);
  return timeMs > 0 ? timeMs : undefined;
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? 'not understood' : `${issue.path.join('.')} ${issue.message}`.trim();
}
