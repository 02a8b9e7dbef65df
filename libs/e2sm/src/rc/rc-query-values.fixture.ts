import fc from 'fast-check';
import { cgi, partialUeId, ueId } from '../common/common-values.fixture.js';
import { partly } from '../message-laws.fixture.js';
import { type RcQueryHeader, type RcQueryOutcome } from './query.js';
import { neighbourRelation } from './rc-indication-values.fixture.js';
import { individual } from './rc-subscription-values.fixture.js';
import {
  any,
  definition,
  id,
  parameter,
  parameterId,
  some,
  tests,
  type,
} from './rc-parameter-values.fixture.js';

const queriedUes = some(
  partly(
    {
      ueFilterId: id,
      ueType: fc.oneof(
        fc.record({ individual }),
        fc.record({ group: tests }),
        fc.record({
          query: partly({ partialUeId, ranParameterTesting: tests }, 'ranParameterTesting'),
        }),
      ),
      logicalOr: fc.boolean(),
    },
    'logicalOr',
  ),
);

export const queryHeaders: fc.Arbitrary<RcQueryHeader> = fc.record({
  format1: partly(
    { ricStyleType: type, associatedE2NodeInfo: tests, associatedUeInfo: queriedUes },
    'associatedE2NodeInfo',
    'associatedUeInfo',
  ),
});
export const queryDefinitions = fc.record({
  format1: fc.record({
    ranParameters: some(partly({ ranParameterId: parameterId, definition }, 'definition')),
  }),
});
const queried = any(
  parameter.chain(({ ranParameterId, valueType }) =>
    fc.constantFrom({ ranParameterId }, { ranParameterId, valueType }),
  ),
);
export const queryOutcomes: fc.Arbitrary<RcQueryOutcome> = fc.oneof(
  fc.record({
    format1: fc.record({
      cells: some(
        partly({ cellGlobalId: cgi, ranParameters: queried, neighbourRelation }, 'neighbourRelation'),
      ),
    }),
  }),
  fc.record({
    format2: fc.record({ ues: any(partly({ ueId, ranParameters: queried, ueFilterId: id }, 'ueFilterId')) }),
  }),
);
