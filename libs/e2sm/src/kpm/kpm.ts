import { perMessage } from '../per-message.js';
import { actionDefinition } from './action-definition.js';
import { eventTrigger } from './event-trigger.js';
import { indicationHeader } from './indication-header.js';
import { indicationMessage } from './indication-message.js';
import { ranFunctionDefinition } from './ran-function-definition.js';

/** E2SM-KPM: what a node measures, reported every period. */
export const kpm = {
  shortName: 'ORAN-E2SM-KPM',
  oid: '1.3.6.1.4.1.53148.1.2.2.2',
  /** By convention. */
  ranFunctionId: 2,
  ranFunctionDefinition: perMessage('KPM RANfunctionDefinition', ranFunctionDefinition),
  eventTrigger: perMessage('KPM EventTriggerDefinition', eventTrigger),
  actionDefinition,
  indicationHeader,
  indicationMessage,
} as const;
