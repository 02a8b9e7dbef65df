import { choice, type Infer, optional, sequence, sequenceOf, soleField } from '@ricochet/asn1';
import { cgi } from '../common/cell-ids.js';
import { ricStyleType } from '../common/ran-function-name.js';
import { ueId } from '../common/ue-id.js';
import { associatedUeInfo } from './associated-info.js';
import { any, rcId, some } from './ids.js';
import { neighbourRelation } from './neighbour-relation.js';
import { ranParameterId, ranParameterValueType } from './ran-parameter.js';
import { ranParameterDefinition } from './ran-parameter-definition.js';
import { ranParameterTesting } from './ran-parameter-testing.js';

/** E2SM-RC Query Header (v3 on). */
export const queryHeader = soleField(
  choice(
    {
      format1: sequence(
        {
          ricStyleType,
          associatedE2NodeInfo: optional(ranParameterTesting),
          associatedUeInfo: optional(associatedUeInfo),
        },
        {},
      ),
    },
    {},
  ),
);
export type RcQueryHeader = Infer<typeof queryHeader>;

/** E2SM-RC Query Definition (v3 on). */
export const queryDefinition = soleField(
  choice(
    {
      format1: sequence(
        {
          ranParameters: sequenceOf(
            sequence({ ranParameterId, definition: optional(ranParameterDefinition) }, {}),
            some,
          ),
        },
        {},
      ),
    },
    {},
  ),
);
export type RcQueryDefinition = Infer<typeof queryDefinition>;

const ranParameters = sequenceOf(
  sequence({ ranParameterId, valueType: optional(ranParameterValueType) }, {}),
  any,
);

/** E2SM-RC Query Outcome (v3 on): of cells, or of UEs. */
export const queryOutcome = soleField(
  choice(
    {
      format1: sequence(
        {
          cells: sequenceOf(
            sequence(
              { cellGlobalId: cgi, ranParameters, neighbourRelation: optional(neighbourRelation) },
              {},
            ),
            some,
          ),
        },
        {},
      ),
      format2: sequence(
        { ues: sequenceOf(sequence({ ueId, ranParameters, ueFilterId: optional(rcId) }, {}), any) },
        {},
      ),
    },
    {},
  ),
);
export type RcQueryOutcome = Infer<typeof queryOutcome>;
