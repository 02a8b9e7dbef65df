import { type KpiName, type NrCgi, type RrmPolicyRatio, type SNssai } from '@ricochet/ran-types';

/** A cell of a gNB, as it is configured: nothing that a gNB tells by itself has all of it. */
export interface RanCell {
  readonly nrCgi: NrCgi;
  /** Physical cell id, where cells are told apart by it; the only cell needs none. */
  readonly pci?: number | undefined;
  /** PRBs of the carrier. */
  readonly prbs: number;
  readonly scsKhz: 15 | 30 | 60 | 120;
  /** Share of the symbols that carry downlink data, 0..1: TDD, control channels. PRBs are reckoned with it. */
  readonly dlShare: number;
  readonly slices: readonly SNssai[];
}

/** How a gNB names a UE, as far as it does. */
export interface UeName {
  /** Its number at the gNB: `ue` of srsRAN, the CU UE id of OAI. */
  readonly number?: number | undefined;
  readonly rnti?: number | undefined;
}

/** The slice of a UE, as it is configured; `undefined` when nobody has said. */
export type SliceOfUe = (ue: UeName) => SNssai | undefined;

/** What an adapter is told of its gNB beside the address: the part that is the same for all. */
export interface RanOptions {
  readonly cells: readonly RanCell[];
  readonly sliceOf: SliceOfUe;
}

/** A gNB behind an adapter. */
export interface Ran {
  /** Connects and keeps connected, with its own back-off, until `close`; once. */
  start(listener: RanListener): void;
  close(): Promise<void>;
  /** How often what is told by `notice` came, those times included that were not told; by kind. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Whether a quota holds for all cells, whatever cell it is asked for. */
  readonly quotasOfAllCells?: boolean;
  /**
   * Puts ratios of slices of a cell in force, those that the RAN has a command for. Absent where it takes no quota.
   * Resolves when the gNB has said yes.
   * @throws {RanRefusal} when it says no, does not answer in time, or is not there
   */
  setSliceQuota?(cell: number, ratios: readonly RrmPolicyRatio[]): Promise<void>;
}

/** Everything comes in order; nothing after `close`. Samples come between `up` and `down` alone. */
export interface RanListener {
  /** The gNB is there, and reports: the E2 node sets up. */
  up(found?: RanFound): void;
  /** The gNB has gone, or is silent: the E2 node closes its association. */
  down(reason: string): void;
  sample(sample: RanSample): void;
  /** One plain line for the operator: a frame refused, a clock that jumped, a UE that came back. Bounded by the Ran. */
  notice(line: string): void;
}

/** What a gNB told about itself. */
export interface RanFound {
  /** Its make and release, when they show: the profile's name in `libs/e2ap`. */
  readonly profile?: string | undefined;
}

/** One measuring period of a gNB, whose cells were measured together. */
export interface RanSample {
  /** Its end by the gNB's clock, ms since 1970; by ours where it tells none. Each is after the one before. */
  readonly endMs: number;
  /** How long it was: from the end of the one before where that tells, else what the gNB is configured to. */
  readonly periodMs: number;
  readonly cells: readonly CellSample[];
}

export interface CellSample {
  /** Place in {@link RanOptions.cells}, from 0. */
  readonly cell: number;
  /** Of the cell, as the gNB tells it. */
  readonly kpis: KpiValues;
  /** What the gNB itself tells by slice; what it does not is derived from its UEs by the E2 node. */
  readonly slices?: readonly SliceSample[] | undefined;
  readonly ues: readonly UeSample[];
}

export interface SliceSample {
  readonly snssai: SNssai;
  readonly kpis: KpiValues;
}

export interface UeSample {
  /** Kept over changes of the RNTI as far as the gNB tells them; no other UE's in this life of the adapter. */
  readonly ueId: number;
  readonly snssai?: SNssai | undefined;
  /**
   * Of the UE, as the gNB tells it, in the catalogue's units. The E2 node derives more from the volume, the buffer and
   * the spectral efficiency (of what is being sent: modulation, code rate and layers; or of CQI and rank), which is
   * within PRBs and symbols that carry data: PRBs used and needed, what was offered, slices and the cell.
   */
  readonly kpis: KpiValues;
}

/** Values over the period, in the units of the catalogue; absent is what was not measured. No NaN, none below 0. */
export type KpiValues = Readonly<Partial<Record<KpiName, number>>>;

/** A RAN that does not do what it was asked to; the message says why, in words. */
export class RanRefusal extends Error {
  override readonly name = 'RanRefusal';

  constructor(
    message: string,
    /** Of several ratios, those that it had said yes to before. */
    readonly taken: readonly RrmPolicyRatio[] = [],
  ) {
    super(message);
  }
}
