import { type Infer, mapped, optional, sequence, sequenceOf, type Type } from '@ricochet/asn1';
import { ranFunctionName, ricFormatType, ricStyleName, ricStyleType } from '../common/ran-function-name.js';
import { binRanges } from './bin-range.js';
import { measId, measName, perMeasurement } from './measurement-type.js';

const perStyle = { min: 1, max: 63 } as const;

const eventTriggerStyle = sequence({ type: ricStyleType, name: ricStyleName, formatType: ricFormatType }, {});

/** What can be measured, and the id that stands for its name. */
const measurement = sequence({ measName, measId: optional(measId) }, { binRanges: optional(binRanges) });

const reportStyle = sequence(
  {
    type: ricStyleType,
    name: ricStyleName,
    actionFormatType: ricFormatType,
    measurements: sequenceOf(measurement, perMeasurement),
    indicationHeaderFormatType: ricFormatType,
    indicationMessageFormatType: ricFormatType,
  },
  {},
);

const wire = sequence(
  {
    ranFunctionName,
    eventTriggerStyles: optional(sequenceOf(eventTriggerStyle, perStyle)),
    reportStyles: optional(sequenceOf(reportStyle, perStyle)),
  },
  {},
);
type Wire = Infer<typeof wire>;

export type KpmRanFunctionDefinition = Required<Wire>;

/** RAN function definition (E2SM-KPM clause 8.2.2.1). A list that is not there is an empty one, which can not be sent. */
export const ranFunctionDefinition: Type<KpmRanFunctionDefinition> = mapped(wire, {
  fromWire: ({ ranFunctionName: name, eventTriggerStyles = [], reportStyles = [] }) => ({
    ranFunctionName: name,
    eventTriggerStyles,
    reportStyles,
  }),
  toWire({ eventTriggerStyles, reportStyles, ...rest }): Wire {
    return {
      ...rest,
      ...(eventTriggerStyles.length > 0 && { eventTriggerStyles }),
      ...(reportStyles.length > 0 && { reportStyles }),
    };
  },
});
