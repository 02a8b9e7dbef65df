import { z } from 'zod';

/** More than any gNB has; what is beyond is not read. */
const [MAX_CELLS, MAX_UES, MAX_EVENTS] = [32, 4_096, 4_096];
const [MAX_SLOTS, MAX_PRBS] = [1_024, 275];

/**
 * What srsRAN and OCUDU tell in JSON, as lenient as it has to be: fields come and go between releases, a value that is
 * not there is absent, null, −1 or "n/a". Only what can not be understood at all is refused.
 */
const within = (max: number) => z.number().min(0).max(max).optional().catch(undefined);
/** Of octets, blocks or SDUs in a period: what KPM can carry. */
const count = within(0xffff_ffff);
const digits = z
  .string()
  .regex(/^\d{1,10}$/)
  .transform(Number);
const numeric = (max: number) => z.union([z.number(), digits]).pipe(z.number().int().min(0).max(max));
/** Its entries are not looked at before it is cut: those of a hostile list cost more than they bring. */
const list = z.custom<readonly unknown[]>(Array.isArray, 'expected a list');

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
    dl_brate: within(1e12),
    dl_nof_ok: count,
    dl_nof_nok: count,
    /** Octets waiting. */
    dl_bs: count,
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
    failed_dl_pdcch: count,
    /** Mean PRBs by slot of the TDD pattern; OCUDU. */
    pdsch_prbs_used_per_tdd_slot_idx: list
      .refine(({ length }) => length <= MAX_SLOTS)
      .pipe(z.array(z.number().min(0).max(MAX_PRBS)))
      .optional()
      .catch(undefined),
  })
  .catch({});

const cellSchema = z.object({
  cell_metrics: cellMetricsSchema.optional(),
  ue_list: list.nullish(),
  event_list: list.nullish(),
});

const rlcSchema = z.object({
  ue_id: numeric(0xffff),
  tx: z.object({
    num_sdus: count,
    num_dropped_sdus: count,
    num_discarded_sdus: count,
    sum_sdu_latency_us: within(1e15),
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
  /** Entries of the lists that could not be understood, or were too many. */
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
      /** Cells that were too many. */
      readonly refused: number;
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

function cellsOf(timestamp: unknown, told: readonly unknown[], atLeast?: 'srsran-25.10'): MetricsFrame {
  const cells: CellMetrics[] = [];
  let isOcudu = false;
  let [freeUes, freeEvents] = [MAX_UES, MAX_EVENTS];
  for (const [place, entry] of told.slice(0, MAX_CELLS).entries()) {
    const cell = cellSchema.safeParse(entry);
    if (!cell.success) return { kind: 'refused', why: `cell ${place}: ${firstIssue(cell.error)}` };
    const { cell_metrics: own, ue_list, event_list } = cell.data;
    isOcudu ||= own?.failed_dl_pdcch !== undefined;
    // Of before 25.10, each lies in a container.
    const ues = entriesOf(ue_list, { schema: ueSchema, container: 'ue_container', most: freeUes });
    const events = entriesOf(event_list, { schema: eventSchema, container: 'cell_events', most: freeEvents });
    freeUes -= ues.seen;
    freeEvents -= events.seen;
    cells.push({
      pci: own?.pci,
      prbsBySlot: own?.pdsch_prbs_used_per_tdd_slot_idx,
      ues: ues.read,
      events: events.read,
      refused: ues.refused + events.refused,
    });
  }
  const profile = isOcudu ? 'ocudu-26.04' : atLeast;
  return { kind: 'cells', profile, timeMs: timeOf(timestamp), cells, refused: told.length - cells.length };
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

interface Entries<T> {
  readonly schema: z.ZodType<T>;
  readonly container: string;
  readonly most: number;
}

function entriesOf<T>(told: readonly unknown[] | null | undefined, { schema, container, most }: Entries<T>) {
  const all = told ?? [];
  const seen = all.slice(0, most);
  const read: T[] = [];
  for (const entry of seen) {
    const isContained = typeof entry === 'object' && entry !== null && container in entry;
    const one = schema.safeParse(isContained ? (entry as Record<string, unknown>)[container] : entry);
    if (one.success) read.push(one.data);
  }
  return { read, seen: seen.length, refused: all.length - read.length };
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
