import { choice, enumerated, type Infer, optional, sequence, sequenceOf } from '@ricochet/asn1';
import { ricStyleType } from '../common/ran-function-name.js';
import { ueId } from '../common/ue-id.js';
import { rcId, some, styles } from './ids.js';
import { ranParameter } from './ran-parameter.js';
import { wantedRanParameter } from './ran-parameter-definition.js';
import { ranParameterTesting } from './ran-parameter-testing.js';

const wanted = sequenceOf(wantedRanParameter, some);

/** RIC Policy Action (E2SM-RC clause 9.3.20). */
const policyAction = sequence(
  { ricPolicyActionId: rcId, ranParameters: optional(sequenceOf(ranParameter, some)) },
  { ricPolicyDecision: optional(enumerated(['accept', 'reject'], { extensions: [] })) },
);

/** Format 2, policy (clause 9.2.1.2.2). */
const policy = sequence(
  {
    policyConditions: sequenceOf(
      sequence(
        { ricPolicyAction: policyAction, ricPolicyConditionDefinition: optional(ranParameterTesting) },
        {},
      ),
      some,
    ),
  },
  {},
);

/** Format 4, multiple inserts (clause 9.2.1.2.4). */
const multipleInserts = sequence(
  {
    insertStyles: sequenceOf(
      sequence(
        {
          ricInsertStyleType: ricStyleType,
          insertIndications: sequenceOf(
            sequence({ ricInsertIndicationId: rcId, ranParameters: wanted }, {}),
            styles,
          ),
        },
        {},
      ),
      styles,
    ),
    ueId: optional(ueId),
  },
  {},
);

/** E2SM-RC Action Definition (clause 9.2.1.2). */
export const actionDefinition = sequence(
  {
    ricStyleType,
    definition: choice(
      {
        // Report (clause 9.2.1.2.1).
        format1: sequence({ ranParameters: wanted }, {}),
        format2: policy,
        // Insert (clause 9.2.1.2.3).
        format3: sequence({ ricInsertIndicationId: rcId, ranParameters: wanted, ueId: optional(ueId) }, {}),
      },
      { format4: multipleInserts },
    ),
  },
  {},
);
export type RcActionDefinition = Infer<typeof actionDefinition>;
