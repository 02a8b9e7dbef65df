import { choice, type Infer, mapped, sequence, soleField } from '@ricochet/asn1';
import { periodMs } from './measurement-type.js';

/** E2SM-KPM-EventTriggerDefinition format 1 (E2SM-KPM clause 8.2.1.1), the only one. */
export const eventTrigger = mapped(
  soleField(choice({ format1: sequence({ reportingPeriodMs: periodMs }, {}) }, {})),
  { fromWire: ({ format1 }) => format1, toWire: (format1) => ({ format1 }) },
);
export type KpmEventTrigger = Infer<typeof eventTrigger>;
