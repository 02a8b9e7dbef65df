import fc from 'fast-check';
import { kpm } from './kpm/kpm.js';
import { rc } from './rc/rc.js';
import { type RanParameter, type RanParameterValue } from './rc/rc.schema.js';
import { ricochet } from './ricochet/ricochet.js';
import { E2smError, type MessageCodec } from './service-model.js';

const below = (limit: number) => fc.integer({ min: 0, max: limit - 1 });
const text = (maxLength = 150) => fc.string({ minLength: 1, maxLength });
/** Of the real numbers, those that JSON carries: neither infinite, nor not a number, nor minus zero. */
const real = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const natural32 = below(2 ** 32);

function optional<T extends object, K extends keyof T>(
  model: { [P in keyof T]: fc.Arbitrary<T[P]> },
  ...keys: K[]
) {
  const requiredKeys = (Object.keys(model) as (keyof T)[]).filter((key) => !keys.includes(key as K));
  return fc.record(model, { requiredKeys }) as fc.Arbitrary<Omit<T, K> & Partial<Pick<T, K>>>;
}

const sNssai = optional(
  { sst: below(256), sd: below(2 ** 24).map((sd) => sd.toString(16).padStart(6, '0')) },
  'sd',
);
const ranFunctionName = fc.record({ shortName: text(), e2smOid: fc.string(), description: text() });
const ueId = fc.record({ gnbDuUeId: fc.record({ gnbCuUeF1apId: natural32 }) });

const format1 = fc.record({
  measInfoList: fc.array(
    fc.record({
      measName: text(),
      labels: fc.array(
        fc.oneof(
          fc.constant({ noLabel: true as const }),
          fc.record({ sliceId: sNssai }),
          fc.record({ distBinX: below(65_536) }),
        ),
        { minLength: 1 },
      ),
    }),
    { minLength: 1 },
  ),
  granularityPeriodMs: fc.integer({ min: 1, max: 0xffff_ffff }),
});

const measuredValue = fc.oneof(
  natural32.map((value) => ({ kind: 'i', value })),
  real.map((value) => ({ kind: 'r', value })),
  fc.constant({ kind: 'n', value: 0 }),
);
const measurements = fc.record({
  measData: fc.array(
    fc.array(measuredValue).map((items) => ({
      kinds: items.map(({ kind }) => kind).join(''),
      values: items.map(({ value }) => value),
    })),
    { maxLength: 3 },
  ),
});

const parameterValue: fc.Arbitrary<RanParameterValue> = fc.oneof(
  fc.record({ valueInt: fc.maxSafeInteger() }),
  fc.record({ valueReal: real }),
  fc.record({ valueBoolean: fc.boolean() }),
  fc.record({ valuePrintableString: fc.string() }),
  fc.record({ valueOctets: fc.uint8Array().map((octets) => Buffer.from(octets).toString('hex')) }),
);
const ranParameters: fc.Arbitrary<readonly RanParameter[]> = fc.letrec<{ list: RanParameter[] }>((tie) => ({
  list: fc.array(
    fc.record({
      ranParameterId: fc.integer({ min: 1, max: 2 ** 32 }),
      valueType: fc.oneof(
        { maxDepth: 3, depthIdentifier: 'parameters' },
        fc.record({ elementTrue: parameterValue }),
        fc.record({ elementFalse: parameterValue }),
        fc.record({ structure: tie('list') }),
        fc.record({ list: fc.array(tie('list'), { maxLength: 2 }) }),
      ),
    }),
    { maxLength: 3, depthIdentifier: 'parameters' },
  ),
})).list;

const kpmDefinition = fc.record({
  ranFunctionName,
  eventTriggerStyles: fc.array(
    fc.record({ type: fc.integer(), name: fc.string(), formatType: fc.integer() }),
  ),
  reportStyles: fc.array(
    fc.record({
      type: fc.integer(),
      name: fc.string(),
      actionFormatType: fc.integer(),
      measurements: fc.array(fc.string()),
      indicationHeaderFormatType: fc.integer(),
      indicationMessageFormatType: fc.integer(),
    }),
  ),
});
const rcDefinition = fc.record({
  ranFunctionName,
  controlStyles: fc.array(
    fc.record({
      type: fc.integer(),
      name: fc.string(),
      headerFormatType: fc.integer(),
      messageFormatType: fc.integer(),
      actions: fc.array(
        fc.record({
          id: fc.integer(),
          name: fc.string(),
          ranParameters: fc.array(fc.record({ id: fc.integer(), name: fc.string() })),
        }),
      ),
    }),
  ),
});

interface Case {
  readonly name: string;
  readonly codec: MessageCodec<unknown>;
  readonly values: fc.Arbitrary<unknown>;
}

function messageOf<T>(name: string, codec: MessageCodec<T>, values: fc.Arbitrary<T>): Case {
  return { name, codec: codec, values };
}

const CASES: readonly Case[] = [
  messageOf('KPM RAN function definition', kpm.ranFunctionDefinition, kpmDefinition),
  messageOf(
    'KPM event trigger',
    kpm.eventTrigger,
    fc.record({ reportingPeriodMs: fc.integer({ min: 1, max: 0xffff_ffff }) }),
  ),
  messageOf(
    'KPM action definition',
    kpm.actionDefinition,
    fc.oneof(
      fc.record({ reportStyle: fc.constant(1 as const), format1 }),
      fc.record({
        reportStyle: fc.constant(4 as const),
        format4: fc.record({
          matchingUeConditions: fc.array(
            fc.oneof(
              fc.constant({ sNssai: { present: true as const } }),
              fc.record({ sNssai: fc.record({ equal: sNssai }) }),
            ),
            { minLength: 1 },
          ),
          subscriptionInfo: format1,
        }),
      }),
    ),
  ),
  messageOf(
    'KPM indication header',
    kpm.indicationHeader,
    optional(
      { collectionStartTimeMs: fc.maxSafeNat(), senderName: fc.string(), vendorName: fc.string() },
      'senderName',
      'vendorName',
    ),
  ),
  messageOf(
    'KPM indication message',
    kpm.indicationMessage,
    fc.oneof(
      fc.record({ format1: measurements }),
      fc.record({
        format3: fc.record({ ueMeasReportList: fc.array(fc.record({ ueId, measReport: measurements })) }),
      }),
    ),
  ),
  messageOf('RC RAN function definition', rc.ranFunctionDefinition, rcDefinition),
  messageOf(
    'RC control header',
    rc.controlHeader,
    fc.record({ ueId, ricStyleType: fc.integer(), ricControlActionId: fc.integer({ min: 1 }) }),
  ),
  messageOf('RC control message', rc.controlMessage, fc.record({ ranParameters })),
  messageOf('RC control outcome', rc.controlOutcome, optional({ ranParameters, text: fc.string() }, 'text')),
  messageOf(
    'Ricochet RAN function definition',
    ricochet.ranFunctionDefinition,
    fc.record({ ranFunctionName, slices: fc.array(sNssai) }),
  ),
  messageOf('Ricochet control header', ricochet.controlHeader, fc.constant({ controlStyle: 1 as const })),
  messageOf(
    'Ricochet control message',
    ricochet.controlMessage,
    fc.record({
      slices: fc.array(
        fc.record({
          snssai: sNssai,
          ues: fc.array(fc.record({ ueId: fc.maxSafeNat(), weight: real.map(Math.abs) })),
        }),
        { minLength: 1 },
      ),
    }),
  ),
  messageOf(
    'Ricochet control outcome',
    ricochet.controlOutcome,
    optional({ unknownUes: fc.array(fc.maxSafeNat()), text: fc.string() }, 'text'),
  ),
];

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const octets = (json: string): Uint8Array => new TextEncoder().encode(json);

/** Fails on anything but a value that encodes again, or an {@link E2smError} with words in it. */
function decodeOrRefuse(codec: MessageCodec<unknown>, bytes: Uint8Array): void {
  let value: unknown;
  try {
    value = codec.decode(bytes);
  } catch (error) {
    if (!(error instanceof E2smError) || error.message === '') throw error;
    return;
  }
  const again = codec.encode(value);
  const comesBack = Buffer.from(again).equals(codec.encode(codec.decode(again)));
  if (!comesBack) throw new Error(`${Buffer.from(bytes).toString()} was read, but does not come back`);
}

describe.each(CASES)('$name', ({ codec, values }) => {
  it('comes back as it was', () => {
    fc.assert(fc.property(values, (value) => expect(codec.decode(codec.encode(value))).toEqual(value)));
  });

  it('is read or refused wherever it is cut', () => {
    const encodings = fc.sample(values, { numRuns: 20, seed: 7 }).map((value) => codec.encode(value));
    for (const whole of encodings.sort((a, b) => a.length - b.length).slice(0, 5)) {
      for (let end = 0; end < whole.length; end++) decodeOrRefuse(codec, whole.subarray(0, end));
    }
  });

  it('is read or refused however it is changed', () => {
    const bait = fc.constantFrom(
      ...['null', '-', '1e400', '[]', '{}', '"', '{"a":', '"__proto__":', '9'].map(octets),
    );
    const mutation = fc.record({
      at: fc.nat(),
      cut: fc.oneof(fc.nat(2), fc.nat(20)),
      put: fc.oneof(bait, fc.uint8Array({ maxLength: 2 })),
    });
    fc.assert(
      fc.property(values, fc.array(mutation, { minLength: 1, maxLength: 3 }), (value, mutations) => {
        let bytes = codec.encode(value);
        for (const { at, cut, put } of mutations) {
          const start = at % (bytes.length + 1);
          bytes = Uint8Array.from([...bytes.subarray(0, start), ...put, ...bytes.subarray(start + cut)]);
        }
        decodeOrRefuse(codec, bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('is read or refused whatever JSON it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => decodeOrRefuse(codec, encode(value))));
  });

  it('is refused when it nests deeper than the stack', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"format1":', '}'],
      ['{"ranParameters":[{"ranParameterId":1,"valueType":{"structure":[', ']}}]}'],
    ] as const) {
      const depth = Math.ceil(1_000_000 / (open.length + close.length));
      expect(() => codec.decode(octets(open.repeat(depth)))).toThrow(E2smError);
      expect(() => codec.decode(octets(open.repeat(depth) + close.repeat(depth)))).toThrow(E2smError);
    }
  });
});

describe('what is refused in words', () => {
  it.each([
    [kpm.eventTrigger, { reportingPeriodMs: 0 }, 'reportingPeriodMs'],
    [kpm.eventTrigger, { reportingPeriodMs: '10' }, 'reportingPeriodMs'],
    [kpm.actionDefinition, { reportStyle: 2, format1: {} }, 'KPM ActionDefinition'],
    [kpm.indicationHeader, { collectionStartTimeMs: -1 }, 'collectionStartTimeMs'],
    [kpm.indicationMessage, { format1: { measData: [{ kinds: 'i', values: [] }] } }, 'kinds, values'],
    [kpm.indicationMessage, { format1: { measData: [{ kinds: 'i', values: [0.5] }] } }, 'kinds, values'],
    [kpm.indicationMessage, { format1: { measData: [{ kinds: 'i', values: [-1] }] } }, 'kinds, values'],
    [kpm.indicationMessage, { format1: { measData: [{ kinds: 'x', values: [1] }] } }, 'kinds, values'],
    [kpm.indicationMessage, { format1: { measData: [{ kinds: 'r', values: [null] }] } }, 'kinds, values'],
    [kpm.indicationMessage, { format3: { ueMeasReportList: [{}] } }, 'format3'],
    [rc.controlHeader, { ricStyleType: 2, ricControlActionId: 6 }, 'ueId'],
    [rc.controlMessage, { ranParameters: [{ ranParameterId: 1 }] }, 'ranParameters'],
    [
      rc.controlMessage,
      { ranParameters: [{ ranParameterId: 1, valueType: { elementTrue: { valueOctets: 'XY' } } }] },
      'ranParameters',
    ],
    [ricochet.controlMessage, { slices: [] }, 'slices'],
    [
      ricochet.controlMessage,
      { slices: [{ snssai: { sst: 1 }, ues: [{ ueId: 1, weight: -1 }] }] },
      'slices.0.ues: expected UEs of {ueId, weight}, the weight not negative',
    ],
    [ricochet.controlHeader, { controlStyle: 2 }, 'controlStyle'],
  ] as const)('case %#', (codec, value, words) => {
    expect(() => codec.decode(encode(value))).toThrow(E2smError);
    expect(() => codec.decode(encode(value))).toThrow(words);
  });

  it('an infinite value', () => {
    const message = octets('{"format1":{"measData":[{"kinds":"r","values":[1e400]}]}}');
    expect(() => kpm.indicationMessage.decode(message)).toThrow(E2smError);
  });
});
