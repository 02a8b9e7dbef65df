import { performance } from 'node:perf_hooks';
import { aperCodec, type E2apPdu } from '@ricochet/e2ap';
import { kpm } from '@ricochet/e2sm';
import { type BenchReport } from './bench-report.js';
import { indications, UES, VALUES, type Indication } from './e2-indications.js';
import { median } from './median.js';

/** As many different ones in turn, so that nothing is measured that only knows one. */
const DIFFERENT = 32;
const WARM_UP_MS = 300;
const MEASURED_MS = 300;

/** One way to turn indications into what is sent, and back. */
interface Contender<E> {
  readonly encode: (indication: Indication) => E;
  readonly decode: (encoded: E) => unknown;
}

const per: Contender<Uint8Array> = {
  encode: ({ ies, header, message }) =>
    aperCodec.encode({
      message: 'RICindication',
      value: {
        ...ies,
        ricIndicationHeader: kpm.indicationHeader.encode(header),
        ricIndicationMessage: kpm.indicationMessage.encode(message),
      },
    }),
  decode(octets) {
    const { value } = aperCodec.decode(octets) as Extract<E2apPdu, { message: 'RICindication' }>;
    const { ricIndicationHeader, ricIndicationMessage, ...ies } = value;
    const header = kpm.indicationHeader.decode(ricIndicationHeader);
    return { ies, header, message: kpm.indicationMessage.decode(ricIndicationMessage) };
  },
};

const json: Contender<string> = { encode: JSON.stringify, decode: JSON.parse };

/** A figure of one contender. */
interface Speed {
  readonly pdusPerSecond: number;
  readonly nsPerValue: number;
}

/**
 * KPM indications of 30 UEs × 7 measurements through the public codecs, E2AP, header and message, beside JSON of the
 * same content without any check; one thread. All are measured in turn.
 */
export function benchE2(repeat: number): Promise<BenchReport> {
  const cases = ([3, 1] as const).map((format) => {
    const list = indications(format, DIFFERENT);
    const octets = list.map((each) => per.encode(each));
    const texts = list.map((each) => json.encode(each));
    const works = {
      encode: turns(per.encode, list),
      stringify: turns(json.encode, list),
      decode: turns(per.decode, octets),
      parse: turns(json.decode, texts),
    };
    return { format, works, octets: mean(octets.map(lengthOf)), jsonOctets: mean(texts.map(lengthOf)) };
  });
  for (const { works } of cases) for (const work of Object.values(works)) timeOf(work, WARM_UP_MS);
  const times = cases.map((): Record<Work, number[]> => ({
    encode: [],
    stringify: [],
    decode: [],
    parse: [],
  }));
  for (let run = 0; run < repeat; run++) {
    cases.forEach(({ works }, i) => {
      for (const work of WORKS) times[i]?.[work].push(timeOf(works[work], MEASURED_MS));
    });
  }
  const formats = cases.map(({ format, octets, jsonOctets }, i) => {
    const speeds = Object.fromEntries(
      WORKS.map((work) => [work, speedOf(median(times[i]?.[work] ?? []))]),
    ) as Record<Work, Speed>;
    return {
      format,
      octets: Math.round(octets),
      jsonOctets: Math.round(jsonOctets),
      ...speeds,
      encodeOfJson: speeds.encode.pdusPerSecond / speeds.stringify.pdusPerSecond,
      decodeOfJson: speeds.decode.pdusPerSecond / speeds.parse.pdusPerSecond,
    };
  });
  const text = formats.map((figures) => textOf(figures)).join('\n');
  return Promise.resolve({ figures: { ues: UES, values: VALUES, formats }, text });
}

const WORKS = ['encode', 'stringify', 'decode', 'parse'] as const;
type Work = (typeof WORKS)[number];

/** Works on the next of a list every time. */
function turns<T>(work: (item: T) => unknown, list: readonly T[]): () => unknown {
  let next = 0;
  return () => work(list[next++ % list.length]!);
}

/** Mean time of one call, in ms, over about `forMs`. */
function timeOf(work: () => unknown, forMs: number): number {
  const startedMs = performance.now();
  let calls = 0;
  let elapsedMs = 0;
  while (elapsedMs < forMs) {
    for (let i = 0; i < DIFFERENT; i++) work();
    calls += DIFFERENT;
    elapsedMs = performance.now() - startedMs;
  }
  return elapsedMs / calls;
}

function speedOf(ms: number): Speed {
  return { pdusPerSecond: 1_000 / ms, nsPerValue: (ms * 1e6) / VALUES };
}

interface Figures extends Readonly<Record<Work, Speed>> {
  readonly format: number;
  readonly octets: number;
  readonly jsonOctets: number;
  readonly encodeOfJson: number;
  readonly decodeOfJson: number;
}

function textOf(figures: Figures): string {
  const { format, octets, jsonOctets, encode, decode, stringify, parse } = figures;
  const line = (name: string, own: Speed, other: string, its: Speed, ratio: number): string =>
    `format ${format}, ${name}: ${speedText(own)}; ${other} ${speedText(its)}: ${ratio.toFixed(2)} × as fast`;
  return [
    `format ${format}, ${VALUES} values: ${octets} octets, as JSON ${jsonOctets} (${(jsonOctets / octets).toFixed(2)} ×)`,
    line('encode', encode, 'JSON.stringify', stringify, figures.encodeOfJson),
    line('decode', decode, 'JSON.parse', parse, figures.decodeOfJson),
  ].join('\n');
}

const speedText = ({ pdusPerSecond, nsPerValue }: Speed): string =>
  `${Math.round(pdusPerSecond).toLocaleString('en')} PDUs/s, ${nsPerValue.toFixed(1)} ns a value`;

const lengthOf = (encoded: Uint8Array | string): number =>
  typeof encoded === 'string' ? Buffer.byteLength(encoded) : encoded.length;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
