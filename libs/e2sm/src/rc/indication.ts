import {
  boolean,
  choice,
  hexOctets,
  type Infer,
  optional,
  sequence,
  sequenceOf,
  soleField,
} from '@ricochet/asn1';
import { cgi } from '../common/cell-ids.js';
import { ricStyleType } from '../common/ran-function-name.js';
import { ueId } from '../common/ue-id.js';
import { any, rcId, some, styles } from './ids.js';
import { neighbourRelation } from './neighbour-relation.js';
import { nullSinceV3 } from './on-demand.js';
import { ranParameter } from './ran-parameter.js';

/** E2SM-RC Indication Header (clause 9.2.1.3). */
export const indicationHeader = soleField(
  choice(
    {
      format1: sequence({ ricEventTriggerConditionId: optional(rcId) }, {}),
      format2: sequence({ ueId, ricInsertStyleType: ricStyleType, ricInsertIndicationId: rcId }, {}),
    },
    { format3: sequence({ ricEventTriggerConditionId: optional(rcId), ueId: optional(ueId) }, {}) },
  ),
);
export type RcIndicationHeader = Infer<typeof indicationHeader>;

const cellContextInfo = optional(hexOctets());

/** Format 3, cells whose information changed (clause 9.2.1.4.3). */
const cells = sequenceOf(
  sequence(
    {
      cellGlobalId: cgi,
      cellContextInfo,
      cellDeleted: optional(boolean()),
      neighbourRelation: optional(neighbourRelation),
    },
    {},
  ),
  some,
);

/** Format 4, on demand (clause 9.2.1.4.4). */
const onDemand = nullSinceV3(
  sequence(
    {
      ues: sequenceOf(sequence({ ueId, ueContextInfo: optional(hexOctets()), cellGlobalId: cgi }, {}), any),
      cells: sequenceOf(
        sequence({ cellGlobalId: cgi, cellContextInfo, neighbourRelation: optional(neighbourRelation) }, {}),
        any,
      ),
    },
    {},
  ),
);

/** Format 6, multiple inserts (clause 9.2.1.4.6). */
const insertStyles = sequenceOf(
  sequence(
    {
      ricInsertStyleType: ricStyleType,
      insertIndications: sequenceOf(
        sequence({ ricInsertIndicationId: rcId, ranParameters: sequenceOf(ranParameter, any) }, {}),
        styles,
      ),
    },
    {},
  ),
  styles,
);

/** E2SM-RC Indication Message (clause 9.2.1.4). */
export const indicationMessage = soleField(
  choice(
    {
      format1: sequence({ ranParameters: sequenceOf(ranParameter, some) }, {}),
      format2: sequence(
        { ues: sequenceOf(sequence({ ueId, ranParameters: sequenceOf(ranParameter, some) }, {}), some) },
        {},
      ),
      format3: sequence({ cells }, {}),
      format4: onDemand,
      format5: sequence({ ranParameters: sequenceOf(ranParameter, any) }, {}),
    },
    { format6: sequence({ insertStyles }, {}) },
  ),
);
export type RcIndicationMessage = Infer<typeof indicationMessage>;
