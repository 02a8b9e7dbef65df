import { toHex } from '@ricochet/asn1';
import fc from 'fast-check';
import { below, natural32, ranFunctionName, sNssai } from '../common/common-values.fixture.js';
import { describeMessages, messageCase, partly } from '../message-laws.fixture.js';
import { E2smError } from '../service-model.js';
import { ricochetControlFault } from './control-fault.js';
import { ricochet } from './ricochet.js';

const weight = natural32.map((millionths) => millionths / 1e6);

describeMessages([
  messageCase(
    'Ricochet RAN function definition',
    ricochet.ranFunctionDefinition,
    fc.record({ ranFunctionName, slices: fc.array(sNssai) }),
  ),
  messageCase(
    'Ricochet control header',
    ricochet.controlHeader,
    fc.record({ controlStyle: below(255).map((style) => style + 1) }),
  ),
  messageCase(
    'Ricochet control message',
    ricochet.controlMessage,
    fc.record({
      slices: fc.array(fc.record({ snssai: sNssai, ues: fc.array(fc.record({ ueId: natural32, weight })) }), {
        minLength: 1,
      }),
    }),
  ),
  messageCase(
    'Ricochet control outcome',
    ricochet.controlOutcome,
    partly({ unknownUes: fc.array(natural32), text: fc.string({ unit: 'grapheme' }) }, 'text'),
  ),
]);

describe('UE weights', () => {
  const message = (...weights: number[]) => ({
    slices: [{ snssai: { sst: 1 }, ues: weights.map((weight, ueId) => ({ ueId, weight })) }],
  });

  it('are these octets', () => {
    // 0.25 is 0x03d090 millionths in three octets, 1 is 0x0f4240.
    expect(toHex(ricochet.controlMessage.encode(message(0.25, 1)))).toBe(
      '00 0000 0020 0002 00 00 80 03d090 00 01 80 0f4240'.replaceAll(' ', ''),
    );
  });

  it('take six octets a UE, as many as thirty', () => {
    const shares = Array.from({ length: 30 }, (_, ue) => (40_000 + ue) / 1e6);
    expect(ricochet.controlMessage.encode(message(...shares)).length).toBeLessThanOrEqual(6 + 30 * 6);
  });

  it.each([-1, 1 / 3, NaN, Infinity, 4294.967296, '1' as never])('refuse %p in words', (wrong) => {
    expect(() => ricochet.controlMessage.encode(message(1, wrong))).toThrow(E2smError);
    expect(() => ricochet.controlMessage.encode(message(1, wrong))).toThrow(
      'Ricochet ControlMessage.slices[0].ues[1].weight: expected whole millionths from 0 to 4294.967295',
    );
  });

  it('are refused without a slice', () => {
    expect(() => ricochet.controlMessage.encode({ slices: [] })).toThrow('Ricochet ControlMessage.slices');
  });
});

describe('what a definition allows', () => {
  const slices = [{ sst: 1, sd: '0003e8' }, { sst: 2 }];
  const ranFunctionName = { shortName: ricochet.shortName, e2smOid: ricochet.oid, description: 'weights' };

  it('is weights in the slices that it names', () => {
    expect(ricochetControlFault({ ranFunctionName, slices }, [{ sst: 1, sd: '0003E8' }])).toBeUndefined();
  });

  it('is none in others, in words', () => {
    expect(ricochetControlFault({ ranFunctionName, slices }, [{ sst: 1 }, ...slices, { sst: 3 }])).toBe(
      'takes no UE weights in slice 1, 3 (it offers 1-0003e8, 2)',
    );
  });
});
