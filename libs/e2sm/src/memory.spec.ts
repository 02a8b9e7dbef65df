import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { kpm } from './kpm/kpm.js';
import { rc } from './rc/rc.js';
import { type MessageCodec } from './service-model.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const COUNT = 60_000;
const many = <T>(item: T, count = COUNT): T[] => new Array<T>(count).fill(item);
const record = (kinds: string) => ({ kinds, values: many(0, kinds.length) });
const noUe = { testType: 'cqi', testExpression: 'present' } as const;

/** Values of which each takes few octets, or but a part of one. */
const cases: [name: string, codec: MessageCodec<unknown>, value: object][] = [
  [
    'one record of noValue',
    kpm.indicationMessage,
    { format1: { measData: [record('n'.repeat(1_000_000))] } },
  ],
  ['records of one noValue', kpm.indicationMessage, { format1: { measData: many(record('n')) } }],
  [
    'incomplete ones',
    kpm.indicationMessage,
    { format1: { measData: many({ ...record('n'), incomplete: true }) } },
  ],
  [
    'periods without UEs',
    kpm.indicationMessage,
    {
      format2: {
        measData: [record('n')],
        measCondList: many(
          {
            measName: 'a',
            matchingConditions: [{ testCondition: noUe }],
            ueIdsByPeriod: many({ none: true }),
          },
          8,
        ),
      },
    },
  ],
  [
    'UEs with one noValue each',
    kpm.indicationMessage,
    {
      format3: {
        ueMeasReportList: many({
          ueId: { gnbDuUeId: { gnbCuUeF1apId: 1 } },
          measReport: { measData: [record('n')] },
        }),
      },
    },
  ],
  [
    'empty structures',
    rc.controlMessage,
    { format1: { ranParameters: many({ ranParameterId: 1, valueType: { list: many([]) } }, 16) } },
  ],
  [
    'parameters without a value',
    rc.controlMessage,
    { format1: { ranParameters: many({ ranParameterId: 1, valueType: { elementFalse: null } }) } },
  ],
];

it.each(cases)('takes a small multiple of its octets as memory: %s', (_, codec, value) => {
  const octets = codec.encode(value);
  expect(octets.length).toBeGreaterThan(100_000);
  codec.decode(octets);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const decoded = codec.decode(octets);
  collectGarbage();
  const held = process.memoryUsage().heapUsed - before;
  expect(decoded).toBeDefined();
  // A record of one value is an object and an array, about 50 times its two octets.
  expect(held / octets.length).toBeLessThan(64);
});
