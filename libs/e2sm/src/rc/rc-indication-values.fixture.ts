import fc from 'fast-check';
import { type Infer } from '@ricochet/asn1';
import { cgi, ueId } from '../common/common-values.fixture.js';
import { partly } from '../message-laws.fixture.js';
import { type RcIndicationMessage } from './indication.js';
import { type neighbourRelation as neighbourRelationType } from './neighbour-relation.js';
import { any, id, octets, parameter, some, type } from './rc-parameter-values.fixture.js';

const truth = fc.boolean();
export const neighbourRelation: fc.Arbitrary<Infer<typeof neighbourRelationType>> = fc.record({
  servingCellPci: fc.record({ nr: fc.integer({ min: 0, max: 1007 }) }),
  servingCellArfcn: fc.record({ nr: fc.integer({ min: 0, max: 3_279_165 }) }),
  neighbourCells: some(
    fc.record({
      nr: fc.record({
        nrCgi: fc.record({
          plmn: fc.constant({ mcc: '001', mnc: '01' }),
          nci: fc.integer({ min: 0, max: 2 ** 36 - 1 }),
        }),
        nrPci: fc.integer({ min: 0, max: 1007 }),
        fiveGsTac: fc.integer({ min: 0, max: 2 ** 24 - 1 }),
        nrMode: fc.constantFrom('fdd' as const, 'tdd' as const),
        nrFrequencyInfo: fc.record({
          nrArfcn: fc.integer({ min: 0, max: 3_279_165 }),
          frequencyBands: some(
            fc.record({
              frequencyBand: fc.integer({ min: 1, max: 1024 }),
              supplementaryUplinkBands: any(fc.integer({ min: 1, max: 1024 })),
            }),
          ),
        }),
        x2XnEstablished: truth,
        hoValidated: truth,
        version: id,
      }),
    }),
  ),
});

export const indicationMessages: fc.Arbitrary<RcIndicationMessage> = fc.oneof(
  fc.record({ format1: fc.record({ ranParameters: some(parameter) }) }),
  fc.record({ format2: fc.record({ ues: some(fc.record({ ueId, ranParameters: some(parameter) })) }) }),
  fc.record({
    format3: fc.record({
      cells: some(
        partly(
          { cellGlobalId: cgi, cellContextInfo: octets, cellDeleted: fc.boolean(), neighbourRelation },
          'cellContextInfo',
          'cellDeleted',
          'neighbourRelation',
        ),
      ),
    }),
  }),
  fc.record({
    format4: fc.option(
      fc.record({
        ues: any(partly({ ueId, ueContextInfo: octets, cellGlobalId: cgi }, 'ueContextInfo')),
        cells: any(
          partly(
            { cellGlobalId: cgi, cellContextInfo: octets, neighbourRelation },
            'cellContextInfo',
            'neighbourRelation',
          ),
        ),
      }),
    ),
  }),
  fc.record({ format5: fc.record({ ranParameters: any(parameter) }) }),
  fc.record({
    format6: fc.record({
      insertStyles: some(
        fc.record({
          ricInsertStyleType: type,
          insertIndications: some(fc.record({ ricInsertIndicationId: id, ranParameters: any(parameter) })),
        }),
      ),
    }),
  }),
);

export const indicationHeaders = fc.oneof(
  fc.record({ format1: partly({ ricEventTriggerConditionId: id }, 'ricEventTriggerConditionId') }),
  fc.record({ format2: fc.record({ ueId, ricInsertStyleType: type, ricInsertIndicationId: id }) }),
  fc.record({
    format3: partly({ ricEventTriggerConditionId: id, ueId }, 'ricEventTriggerConditionId', 'ueId'),
  }),
);
