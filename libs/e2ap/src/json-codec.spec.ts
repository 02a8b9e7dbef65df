import fc from 'fast-check';
import { causeSchema, type Cause } from './cause.js';
import { jsonCodec } from './json-codec.js';
import {
  E2apDecodeError,
  messageSchemas,
  type E2apCodec,
  type E2apPdu,
  type MessageName,
  type MessageValue,
} from './pdu.js';

const encoder = new TextEncoder();

/** A record some of whose keys may be absent: `optional` names them. */
function record<T, K extends keyof T>(model: { [P in keyof T]-?: fc.Arbitrary<T[P]> }, optional: K[] = []) {
  const requiredKeys = (Object.keys(model) as (keyof T)[]).filter((key) => !optional.includes(key as K));
  return fc.record(model, { requiredKeys }) as fc.Arbitrary<T>;
}

const below = (limit: number) => fc.integer({ min: 0, max: limit - 1 });

/** Octets of a service model: JSON of one line or more, what merely begins like JSON, and anything at all. */
const octets = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue()).map((value) => encoder.encode(JSON.stringify(value))),
  fc.dictionary(fc.string(), fc.jsonValue()).map((value) => encoder.encode(JSON.stringify(value, null, 2))),
  fc.uint8Array().map((tail) => Uint8Array.of(0x7b, ...tail)),
  fc.uint8Array({ maxLength: 40 }),
  fc.array(fc.constantFrom(10, 13, 0, 0x7b, 0x7d, 0xff)).map((values) => Uint8Array.from(values)),
);

const cause = fc.constantFrom(
  ...causeSchema.options.flatMap(({ shape }) =>
    Object.entries<{ readonly options: readonly string[] }>({ ...shape }).flatMap(([group, { options }]) =>
      options.map((value) => ({ [group]: value }) as Cause),
    ),
  ),
);

const transactionId = below(256);
const ranFunctionId = below(4096);
const ricActionId = below(256);
const ricRequestId = record({ requestorId: below(65_536), instanceId: below(65_536) });
const request = { ricRequestId, ranFunctionId };
const digits = (minLength: number) =>
  fc.array(below(10), { minLength, maxLength: 3 }).map((values) => values.join(''));
const plmn = record({ mcc: digits(3), mnc: digits(2) });
const globalE2NodeId = record<MessageValue<'E2setupRequest'>['globalE2NodeId'], 'gnbDuId'>(
  { plmn, gnbId: below(2 ** 32), gnbDuId: fc.maxSafeNat() },
  ['gnbDuId'],
);
const timeToWait = fc.constantFrom('v1s', 'v2s', 'v5s', 'v10s', 'v20s', 'v60s');
const interfaceType = fc.constantFrom('ng', 'xn', 'e1', 'f1', 'w1', 's1', 'x2');
const component = record({
  interfaceType,
  componentId: fc.string(),
  requestPart: octets,
  responsePart: octets,
});
const componentAck = record<
  MessageValue<'E2setupResponse'>['componentConfigurationAdditionAck'][number],
  'cause'
>({ interfaceType, componentId: fc.string(), outcome: fc.constantFrom('success', 'failure'), cause }, [
  'cause',
]);

/** Arbitrary values of every message, within its schema. */
const values: { readonly [N in MessageName]: fc.Arbitrary<MessageValue<N>> } = {
  E2setupRequest: record({
    transactionId,
    globalE2NodeId,
    ranFunctionsAdded: fc.array(
      record({
        ranFunctionId,
        ranFunctionDefinition: octets,
        ranFunctionRevision: below(4096),
        ranFunctionOid: fc.string(),
      }),
    ),
    componentConfigurationAddition: fc.array(component),
  }),
  E2setupResponse: record({
    transactionId,
    globalRicId: record({ plmn, ricId: below(2 ** 20) }),
    ranFunctionsAccepted: fc.array(record({ ranFunctionId, ranFunctionRevision: below(4096) })),
    ranFunctionsRejected: fc.array(record({ ranFunctionId, cause })),
    componentConfigurationAdditionAck: fc.array(componentAck),
  }),
  E2setupFailure: record<MessageValue<'E2setupFailure'>, 'timeToWait'>({ transactionId, cause, timeToWait }, [
    'timeToWait',
  ]),
  ErrorIndication: record<MessageValue<'ErrorIndication'>, keyof MessageValue<'ErrorIndication'>>(
    { transactionId, ...request, cause },
    ['transactionId', 'ricRequestId', 'ranFunctionId', 'cause'],
  ),
  ResetRequest: record({ transactionId, cause }),
  ResetResponse: record({ transactionId }),
  RICcontrolRequest: record<MessageValue<'RICcontrolRequest'>, 'ricCallProcessId' | 'ricControlAckRequest'>(
    {
      ...request,
      ricCallProcessId: octets,
      ricControlHeader: octets,
      ricControlMessage: octets,
      ricControlAckRequest: fc.constantFrom('noAck', 'ack'),
    },
    ['ricCallProcessId', 'ricControlAckRequest'],
  ),
  RICcontrolAcknowledge: record<
    MessageValue<'RICcontrolAcknowledge'>,
    'ricCallProcessId' | 'ricControlOutcome'
  >({ ...request, ricCallProcessId: octets, ricControlOutcome: octets }, [
    'ricCallProcessId',
    'ricControlOutcome',
  ]),
  RICcontrolFailure: record<MessageValue<'RICcontrolFailure'>, 'ricCallProcessId' | 'ricControlOutcome'>(
    { ...request, ricCallProcessId: octets, cause, ricControlOutcome: octets },
    ['ricCallProcessId', 'ricControlOutcome'],
  ),
  RICindication: record<MessageValue<'RICindication'>, 'ricIndicationSn' | 'ricCallProcessId'>(
    {
      ...request,
      ricActionId,
      ricIndicationSn: below(65_536),
      ricIndicationType: fc.constantFrom('report', 'insert'),
      ricIndicationHeader: octets,
      ricIndicationMessage: octets,
      ricCallProcessId: octets,
    },
    ['ricIndicationSn', 'ricCallProcessId'],
  ),
  RICsubscriptionRequest: record({
    ...request,
    ricEventTriggerDefinition: octets,
    ricActionsToBeSetup: fc.array(
      record<MessageValue<'RICsubscriptionRequest'>['ricActionsToBeSetup'][number], 'ricActionDefinition'>(
        {
          ricActionId,
          ricActionType: fc.constantFrom('report', 'insert', 'policy'),
          ricActionDefinition: octets,
        },
        ['ricActionDefinition'],
      ),
      { minLength: 1, maxLength: 16 },
    ),
  }),
  RICsubscriptionResponse: record({
    ...request,
    ricActionsAdmitted: fc.array(ricActionId, { minLength: 1 }),
    ricActionsNotAdmitted: fc.array(record({ ricActionId, cause })),
  }),
  RICsubscriptionFailure: record({ ...request, cause }),
  RICsubscriptionDeleteRequest: record(request),
  RICsubscriptionDeleteResponse: record(request),
  RICsubscriptionDeleteFailure: record({ ...request, cause }),
  E2nodeConfigurationUpdate: record<MessageValue<'E2nodeConfigurationUpdate'>, 'globalE2NodeId'>(
    { transactionId, globalE2NodeId, componentConfigurationUpdate: fc.array(component) },
    ['globalE2NodeId'],
  ),
  E2nodeConfigurationUpdateAcknowledge: record({
    transactionId,
    componentConfigurationUpdateAck: fc.array(componentAck),
  }),
  E2nodeConfigurationUpdateFailure: record<MessageValue<'E2nodeConfigurationUpdateFailure'>, 'timeToWait'>(
    { transactionId, cause, timeToWait },
    ['timeToWait'],
  ),
};

const MESSAGES = Object.keys(messageSchemas) as MessageName[];

function pdus(message: MessageName): fc.Arbitrary<E2apPdu> {
  return (values[message] as fc.Arbitrary<unknown>).map((value) => ({ message, value }) as E2apPdu);
}

/** Fails on anything but a value that encodes again, or an {@link E2apDecodeError} of one line. */
function decodeOrRefuse(codec: E2apCodec, bytes: Uint8Array): void {
  let pdu: E2apPdu;
  try {
    pdu = codec.decode(bytes);
  } catch (error) {
    if (!(error instanceof E2apDecodeError)) throw error;
    if (error.message === '') throw new Error('a refusal without a word', { cause: error });
    return;
  }
  const again = codec.encode(pdu);
  if (!Buffer.from(again).equals(codec.encode(codec.decode(again))))
    throw new Error('another value came back');
}

const text = (...lines: string[]): Uint8Array => encoder.encode(lines.join('\n'));

describe('jsonCodec', () => {
  it.each(MESSAGES)('carries every %s there and back', (message) => {
    fc.assert(
      fc.property(pdus(message), (pdu) => {
        expect(jsonCodec.decode(jsonCodec.encode(pdu))).toEqual(pdu);
      }),
    );
  });

  it('keeps JSON of a service model readable, on a line of its own', () => {
    const ricControlHeader = text('{"style":2}');
    const encoded = jsonCodec.encode({
      message: 'RICcontrolRequest',
      value: {
        ricRequestId: { requestorId: 1, instanceId: 2 },
        ranFunctionId: 3,
        ricControlHeader,
        ricControlMessage: Uint8Array.of(0xca, 0xfe),
      },
    });
    const [head = '', ...lines] = new TextDecoder().decode(encoded).split('\n');
    expect(JSON.parse(head)).toMatchObject({
      value: { ricControlHeader: { $line: 1 }, ricControlMessage: { $hex: 'cafe' } },
    });
    expect(lines).toEqual(['{"style":2}']);
  });

  it.each([
    [text('not JSON'), 'not E2AP in JSON'],
    [Uint8Array.of(0xff, 0xfe), 'not E2AP in JSON'],
    [text('null'), 'absent'],
    [text('{"message":"E2setup","value":{}}'), '"E2setup" is no E2AP message'],
    [text('{"message":"toString","value":{}}'), '"toString" is no E2AP message'],
    [text('{"message":"ResetResponse"}'), 'ResetResponse'],
    [text('{"message":"ResetResponse","value":{"transactionId":"1"}}'), 'ResetResponse.transactionId'],
    [text('{"message":"ResetResponse","value":{"transactionId":256}}'), 'ResetResponse.transactionId'],
    [text('{"message":"ResetResponse","value":{"transactionId":1,"extra":1}}'), 'extra'],
  ])('refuses bad octets in words, case %#', (bytes, words) => {
    expect(() => jsonCodec.decode(bytes)).toThrow(E2apDecodeError);
    expect(() => jsonCodec.decode(bytes)).toThrow(words);
  });

  it.each(['{"$line":7}', '{"$line":-1}', '{"$line":0.5}', '{"$hex":"0"}', '{"$hex":"zz"}', '"00"', '[0]'])(
    'refuses %s for octets',
    (reference) => {
      const bytes = text(
        `{"message":"RICcontrolAcknowledge","value":{"ricRequestId":{"requestorId":1,"instanceId":1},"ranFunctionId":3,"ricControlOutcome":${reference}}}`,
      );
      expect(() => jsonCodec.decode(bytes)).toThrow(
        'RICcontrolAcknowledge.ricControlOutcome: expected octets',
      );
    },
  );

  it('refuses nesting that is deeper than the stack', () => {
    const depth = 1 << 20;
    for (const bytes of [
      text('['.repeat(depth)),
      text('['.repeat(depth) + ']'.repeat(depth)),
      text(
        '{"message":"ResetResponse","value":' + '{"a":'.repeat(depth / 4) + '1' + '}'.repeat(depth / 4) + '}',
      ),
    ]) {
      expect(() => jsonCodec.decode(bytes)).toThrow(E2apDecodeError);
    }
  });

  it.each(MESSAGES)('survives every truncation of a %s', (message) => {
    const encodings = fc.sample(pdus(message), { numRuns: 30, seed: 7 }).map((pdu) => jsonCodec.encode(pdu));
    const short = encodings.sort((a, b) => a.length - b.length).slice(0, 4);
    for (const whole of short) {
      for (let end = 0; end < whole.length; end++) decodeOrRefuse(jsonCodec, whole.subarray(0, end));
    }
  });

  it('survives thousands of mutations', () => {
    const bait = fc.constantFrom(
      ...[
        'null',
        '-',
        '-1',
        '1e400',
        '[]',
        '{}',
        '"',
        '\n',
        '{"$line":0}',
        '{"$line":1}',
        '"__proto__":',
        '\\',
      ].map((piece) => text(piece)),
    );
    const mutation = fc.record({
      at: fc.nat(),
      cut: fc.oneof(fc.nat(2), fc.nat(40)),
      put: fc.oneof(bait, fc.uint8Array({ maxLength: 3 })),
    });
    const any = fc.oneof(...MESSAGES.map(pdus));
    fc.assert(
      fc.property(any, fc.array(mutation, { minLength: 1, maxLength: 3 }), (pdu, mutations) => {
        let bytes = jsonCodec.encode(pdu);
        for (const { at, cut, put } of mutations) {
          const start = at % (bytes.length + 1);
          bytes = Uint8Array.from([...bytes.subarray(0, start), ...put, ...bytes.subarray(start + cut)]);
        }
        decodeOrRefuse(jsonCodec, bytes);
      }),
      { numRuns: 5_000 },
    );
  });
});
