import { createHash } from 'node:crypto';
import { z } from 'zod';
import { sNssaiSchema } from '@ricochet/contracts';
import { SLICE_TYPES, sliceTypeOf, type SliceType } from '@ricochet/ran-types';
import { quantile } from '@ricochet/training';
import { meanOrNull } from '../run/mean.js';
import { Comparison } from './divergence.js';
import { type NumberedMessage, type RecordKind } from './record.js';
import { type RecordingReader } from './recording-reader.js';

/** KPIs of a slice over the 100 ms periods of all DUs after the parting. */
export interface SliceFigures {
  readonly deliveredMbps: Figure;
  readonly delayMs: Figure;
  readonly qos: Figure;
  /** Share of periods that met the SLA. */
  readonly slaMet: number | null;
}

/** `null` where no period had a value. */
export interface Figure {
  readonly mean: number | null;
  readonly p99: number | null;
}

export interface RecordingDiff {
  /** Absent: they are the same. */
  readonly parting?: { readonly number: number; readonly timeMs: number; readonly text: string };
  /** Messages by kind, after the parting. */
  readonly messages: Readonly<Partial<Record<RecordKind, Pair<number>>>>;
  /** Decisions after the parting by xApp: so many of each, and those of the same time and DU that are not the same. */
  readonly decisions: Readonly<Record<string, Pair<number> & { readonly differ: number }>>;
  readonly slices: Readonly<Record<SliceType, Pair<SliceFigures>>>;
}

export interface Pair<T> {
  readonly a: T;
  readonly b: T;
}

const SAMPLES_A_SECOND = 10;
const P99 = 0.99;

/** Decisions and KPIs of a recording that are held in memory: enough for three hours of seven DUs. */
const MAX_HELD = 4_000_000;

const sliceSchema = z.object({
  snssai: sNssaiSchema,
  deliveredKbit: z.number(),
  delayMeanMs: z.number().nullable(),
  qos: z.number(),
  slaMet: z.boolean(),
});
/** The end of a run is told as a sample, too, without nodes. */
const sampleSchema = z.object({ nodes: z.array(z.object({ slices: z.array(sliceSchema) })).default([]) });

type SliceKpis = z.infer<typeof sliceSchema>;

/** What is gathered of one recording after the parting. */
class Gathered {
  readonly messages = new Map<RecordKind, number>();
  /** Digests of decisions by xApp, then by time, DU and place among those. */
  readonly decisions = new Map<string, Map<string, string>>();
  readonly slices: Readonly<Record<SliceType, Omit<SliceKpis, 'snssai'>[]>> = {
    eMBB: [],
    mMTC: [],
    URLLC: [],
  };
  private held = 0;
  private instantMs: number | undefined;
  private readonly places = new Map<string, number>();

  constructor(
    private readonly recording: RecordingReader,
    private readonly maxHeld: number,
  ) {}

  add(message: NumberedMessage): void {
    const { kind } = message;
    this.messages.set(kind, (this.messages.get(kind) ?? 0) + 1);
    if (kind === 'control') this.addDecision(message);
    if (kind === 'sample') {
      const { nodes } = this.recording.contentOf(message, sampleSchema);
      for (const { snssai, ...kpis } of nodes.flatMap(({ slices }) => slices)) {
        const type = sliceTypeOf(snssai);
        if (type !== undefined) this.hold(message, () => this.slices[type].push(kpis));
      }
    }
  }

  private addDecision(message: NumberedMessage): void {
    const { xapp, timeMs, node, payload } = message;
    if (timeMs !== this.instantMs) this.places.clear();
    this.instantMs = timeMs;
    const place = this.places.get(`${xapp} ${node}`) ?? 0;
    this.places.set(`${xapp} ${node}`, place + 1);
    const own = this.decisions.get(xapp) ?? new Map<string, string>();
    this.decisions.set(xapp, own);
    const digest = createHash('sha256').update(payload).digest('base64');
    this.hold(message, () => own.set(`${timeMs} ${node} ${place}`, digest));
  }

  private hold(message: NumberedMessage, keep: () => unknown): void {
    this.held += 1;
    if (this.held > this.maxHeld) {
      const what = `more than ${this.maxHeld} decisions and KPIs of slices after the parting, too many to compare`;
      throw this.recording.faultIn(message, what);
    }
    keep();
  }
}

/** Compares two recordings, each to its end. @throws RecordingError, where one holds more than is compared, too */
export function diffRecordings(
  a: RecordingReader,
  b: RecordingReader,
  { maxHeld = MAX_HELD } = {},
): RecordingDiff {
  const [recorded, others] = [a.messages(), b.messages()];
  const comparison = new Comparison(recorded);
  const [ofA, ofB] = [new Gathered(a, maxHeld), new Gathered(b, maxHeld)];
  // What the comparison refuses is after the parting.
  for (const message of others) if (!comparison.add(message)) ofB.add(message);
  comparison.end();
  const { divergence } = comparison;
  if (divergence?.recorded !== undefined) ofA.add(divergence.recorded);
  for (const message of recorded) ofA.add(message);
  const of = divergence?.recorded ?? divergence?.came;
  return {
    ...(divergence !== undefined &&
      of !== undefined && {
        parting: { number: comparison.count + 1, timeMs: of.timeMs, text: divergence.text },
      }),
    messages: Object.fromEntries(
      [...new Set([...ofA.messages.keys(), ...ofB.messages.keys()])].map((kind) => [
        kind,
        { a: ofA.messages.get(kind) ?? 0, b: ofB.messages.get(kind) ?? 0 },
      ]),
    ),
    decisions: decisionsOf(ofA, ofB),
    slices: Object.fromEntries(
      SLICE_TYPES.map((type) => [type, { a: figuresOf(ofA, type), b: figuresOf(ofB, type) }]),
    ) as RecordingDiff['slices'],
  };
}

function decisionsOf(a: Gathered, b: Gathered): RecordingDiff['decisions'] {
  const xapps = [...new Set([...a.decisions.keys(), ...b.decisions.keys()])].sort();
  return Object.fromEntries(
    xapps.map((xapp) => {
      const [ofA, ofB] = [a.decisions.get(xapp) ?? new Map(), b.decisions.get(xapp) ?? new Map()];
      const keys = new Set([...ofA.keys(), ...ofB.keys()]);
      const differ = [...keys].filter((key) => ofA.get(key) !== ofB.get(key)).length;
      return [xapp, { a: ofA.size, b: ofB.size, differ }];
    }),
  );
}

function figuresOf(gathered: Gathered, type: SliceType): SliceFigures {
  const slices = gathered.slices[type];
  return {
    deliveredMbps: figure(slices.map(({ deliveredKbit }) => (deliveredKbit * SAMPLES_A_SECOND) / 1_000)),
    delayMs: figure(slices.flatMap(({ delayMeanMs }) => delayMeanMs ?? [])),
    qos: figure(slices.map(({ qos }) => qos)),
    slaMet: figure(slices.map(({ slaMet }) => (slaMet ? 1 : 0))).mean,
  };
}

function figure(values: readonly number[]): Figure {
  if (values.length === 0) return { mean: null, p99: null };
  return { mean: meanOrNull(values), p99: quantile(values, P99) };
}
