import { type Infer, optional, sequence, sequenceOf, soleField } from '@ricochet/asn1';
import { ranFunctionName, ricFormatType, ricStyleName, ricStyleType } from '../common/ran-function-name.js';
import { rcId, rcName, some, styles } from './ids.js';
import { namedRanParameter, nestedRanParameter } from './ran-parameter-definition.js';
import { truth } from './truth.js';

const parameters = optional(sequenceOf(namedRanParameter, some));

/** Event triggers (E2SM-RC clause 9.2.2.2). */
const eventTrigger = sequence(
  {
    styles: sequenceOf(
      sequence({ type: ricStyleType, name: ricStyleName, formatType: ricFormatType }, {}),
      styles,
    ),
    l2Parameters: parameters,
    callProcessTypes: optional(
      sequenceOf(
        sequence(
          {
            id: rcId,
            name: rcName,
            breakpoints: sequenceOf(
              sequence({ id: rcId, name: rcName, ranParameters: parameters }, {}),
              some,
            ),
          },
          {},
        ),
        some,
      ),
    ),
    ueIdentificationParameters: parameters,
    cellIdentificationParameters: parameters,
  },
  {},
);

/** Report styles (clause 9.2.2.3). */
const reportStyle = sequence(
  {
    type: ricStyleType,
    name: ricStyleName,
    eventTriggerStyleType: ricStyleType,
    actionFormatType: ricFormatType,
    indicationHeaderFormatType: ricFormatType,
    indicationMessageFormatType: ricFormatType,
    ranParameters: parameters,
  },
  {},
);

/** Insert styles (clause 9.2.2.4). */
const insertStyle = sequence(
  {
    type: ricStyleType,
    name: ricStyleName,
    eventTriggerStyleType: ricStyleType,
    actionFormatType: ricFormatType,
    indications: optional(
      sequenceOf(sequence({ id: rcId, name: rcName, ranParameters: parameters }, {}), some),
    ),
    indicationHeaderFormatType: ricFormatType,
    indicationMessageFormatType: ricFormatType,
    callProcessIdFormatType: ricFormatType,
  },
  {},
);

/** Control styles (clause 9.2.2.5). */
const controlStyle = sequence(
  {
    type: ricStyleType,
    name: ricStyleName,
    actions: optional(
      sequenceOf(
        sequence(
          { id: rcId, name: rcName, ranParameters: parameters },
          { ueGroupSupported: optional(truth) },
        ),
        some,
      ),
    ),
    headerFormatType: ricFormatType,
    messageFormatType: ricFormatType,
    callProcessIdFormatType: optional(ricFormatType),
    outcomeFormatType: ricFormatType,
    outcomeParameters: optional(sequenceOf(namedRanParameter, { min: 1, max: 255 })),
  },
  {
    additionalFormats: optional(
      sequenceOf(
        sequence(
          { headerFormatType: ricFormatType, messageFormatType: ricFormatType },
          { outcomeFormatType: optional(ricFormatType), ricControlActionId: optional(rcId) },
        ),
        { min: 0, max: 63 },
      ),
    ),
  },
);

/** Policy styles (clause 9.2.2.6). */
const policyStyle = sequence(
  {
    type: ricStyleType,
    name: ricStyleName,
    eventTriggerStyleType: ricStyleType,
    actions: optional(
      sequenceOf(
        sequence(
          {
            id: rcId,
            name: rcName,
            actionFormatType: ricFormatType,
            ranParameters: parameters,
            conditionParameters: parameters,
          },
          {},
        ),
        some,
      ),
    ),
  },
  {},
);

/** Query styles (v3 on). */
const queryStyle = sequence(
  {
    type: ricStyleType,
    name: ricStyleName,
    headerFormatType: ricFormatType,
    definitionFormatType: ricFormatType,
    outcomeFormatType: ricFormatType,
    ranParameters: optional(sequenceOf(nestedRanParameter, some)),
  },
  {},
);

/** E2SM-RC RAN Function Definition (clause 9.2.2): what a node offers. */
export const ranFunctionDefinition = sequence(
  {
    ranFunctionName,
    eventTrigger: optional(eventTrigger),
    reportStyles: optional(soleField(sequenceOf(reportStyle, styles))),
    insertStyles: optional(soleField(sequenceOf(insertStyle, styles))),
    controlStyles: optional(soleField(sequenceOf(controlStyle, styles))),
    policyStyles: optional(soleField(sequenceOf(policyStyle, styles))),
  },
  { queryStyles: optional(soleField(sequenceOf(queryStyle, styles))) },
);
export type RcRanFunctionDefinition = Infer<typeof ranFunctionDefinition>;
