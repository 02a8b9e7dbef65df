import { jsonMessage } from '../service-model.js';
import {
  actionDefinitionSchema,
  eventTriggerSchema,
  indicationHeaderSchema,
  indicationMessageSchema,
  kpmRanFunctionDefinitionSchema,
} from './kpm.schema.js';

/** E2SM-KPM: what a node measures, reported every period. */
export const kpm = {
  shortName: 'ORAN-E2SM-KPM',
  oid: '1.3.6.1.4.1.53148.1.2.2.2',
  /** By convention. */
  ranFunctionId: 2,
  ranFunctionDefinition: jsonMessage('KPM RANfunctionDefinition', kpmRanFunctionDefinitionSchema),
  eventTrigger: jsonMessage('KPM EventTriggerDefinition', eventTriggerSchema),
  actionDefinition: jsonMessage('KPM ActionDefinition', actionDefinitionSchema),
  indicationHeader: jsonMessage('KPM IndicationHeader', indicationHeaderSchema),
  indicationMessage: jsonMessage('KPM IndicationMessage', indicationMessageSchema),
} as const;
