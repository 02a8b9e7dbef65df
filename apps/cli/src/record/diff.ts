import { type NodeSample } from '@ricochet/contracts';
import { SLICE_TYPES, sliceTypeOf, type SliceType } from '@ricochet/ran-types';
import { quantile } from '@ricochet/training';
import { meanOrNull } from '../run/mean.js';
import { Comparison } from './divergence.js';
import { jsonOf, type NumberedMessage, type RecordKind } from './record.js';
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

/** What is gathered of one recording after the parting. */
class Gathered {
  readonly messages = new Map<RecordKind, number>();
  /** Decisions by xApp, then by time, DU and place among those. */
  readonly decisions = new Map<string, Map<string, string>>();
  readonly samples: { readonly nodes: readonly NodeSample[] }[] = [];

  add(message: NumberedMessage): void {
    const { kind, xapp, timeMs, node } = message;
    this.messages.set(kind, (this.messages.get(kind) ?? 0) + 1);
    if (kind === 'control') {
      const own = this.decisions.get(xapp) ?? new Map<string, string>();
      this.decisions.set(xapp, own);
      let place = 0;
      while (own.has(`${timeMs} ${node} ${place}`)) place += 1;
      own.set(`${timeMs} ${node} ${place}`, Buffer.from(message.payload).toString());
    }
    if (kind === 'sample') {
      const { nodes } = jsonOf(message) as { nodes?: NodeSample[] };
      if (nodes !== undefined) this.samples.push({ nodes });
    }
  }
}

/** Compares two recordings, each to its end. @throws RecordingError */
export function diffRecordings(a: RecordingReader, b: RecordingReader): RecordingDiff {
  const [recorded, others] = [a.messages(), b.messages()];
  const comparison = new Comparison(recorded);
  const [ofA, ofB] = [new Gathered(), new Gathered()];
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

function figuresOf({ samples }: Gathered, type: SliceType): SliceFigures {
  const slices = samples.flatMap(({ nodes }) =>
    nodes.flatMap((node) => node.slices.filter(({ snssai }) => sliceTypeOf(snssai) === type)),
  );
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
