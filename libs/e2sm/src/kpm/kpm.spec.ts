import fc from 'fast-check';
import { describeMessages, messageCase } from '../message-laws.fixture.js';
import { type MessageCodec } from '../service-model.js';
import { type DialectCodec, type KpmDialect } from './dialect.js';
import { kpm } from './kpm.js';
import { kpmValues } from './kpm-values.fixture.js';

const inV3 = (codec: DialectCodec<object>): MessageCodec<object> => ({
  encode: codec.encode,
  decode: (octets) => codec.decode(octets, { dialect: 'v3' }),
});

describeMessages([
  messageCase<object>(
    'KPM RAN function definition',
    kpm.ranFunctionDefinition,
    kpmValues.ranFunctionDefinition,
  ),
  messageCase('KPM event trigger', kpm.eventTrigger, kpmValues.eventTrigger),
  messageCase('KPM action definition', inV3(kpm.actionDefinition as never), kpmValues.actionDefinition.v3),
  messageCase('KPM indication header', inV3(kpm.indicationHeader as never), kpmValues.indicationHeader.v3),
  messageCase('KPM indication message', inV3(kpm.indicationMessage as never), kpmValues.indicationMessage.v3),
]);

describe('KPM messages in other dialects', () => {
  const cases = (['actionDefinition', 'indicationHeader', 'indicationMessage'] as const).flatMap((name) =>
    Object.entries(kpmValues[name]).map(([dialect, values]) => ({ name, dialect, values })),
  );

  it.each(cases)('come back as they were: $name in $dialect', ({ name, dialect, values }) => {
    const codec = kpm[name] as DialectCodec<object>;
    for (const fields of fc.sample<object>(values, { numRuns: 60, seed: 5 })) {
      const value = dialect === 'v3' ? fields : { dialect, ...fields };
      const octets = codec.encode(value);
      expect(codec.decode(octets, { dialect: dialect as KpmDialect })).toEqual(value);
      expect(codec.encode(codec.decode(octets))).toEqual(octets);
    }
  });
});

it('KPM messages refuse another value altogether in words', () => {
  const codecs = [
    kpm.ranFunctionDefinition,
    kpm.eventTrigger,
    kpm.actionDefinition,
    kpm.indicationHeader,
    kpm.indicationMessage,
  ];
  fc.assert(
    fc.property(fc.constantFrom(...codecs), fc.jsonValue(), (codec, value) => {
      expect(() => codec.encode(value as never)).toThrow(/^KPM /);
    }),
    { numRuns: 500 },
  );
});
