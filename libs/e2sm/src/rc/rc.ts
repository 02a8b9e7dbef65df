import { perMessage } from '../per-message.js';
import { actionDefinition } from './action-definition.js';
import { callProcessId, controlHeader, controlMessage, controlOutcome } from './control.js';
import { eventTrigger } from './event-trigger.js';
import { indicationHeader, indicationMessage } from './indication.js';
import { queryDefinition, queryHeader, queryOutcome } from './query.js';
import { ranFunctionDefinition } from './ran-function-definition.js';

/**
 * E2SM-RC: reports on a node and its UEs, and control of them by RAN parameters. Written as v5 has it; what v1.03
 * to v4 write is read too, but for v1.03's call process id, which is an octet shorter.
 */
export const rc = {
  shortName: 'ORAN-E2SM-RC',
  oid: '1.3.6.1.4.1.53148.1.1.2.3',
  /** By convention. */
  ranFunctionId: 3,
  ranFunctionDefinition: perMessage('RC RANfunctionDefinition', ranFunctionDefinition),
  eventTrigger: perMessage('RC EventTrigger', eventTrigger),
  actionDefinition: perMessage('RC ActionDefinition', actionDefinition),
  indicationHeader: perMessage('RC IndicationHeader', indicationHeader),
  indicationMessage: perMessage('RC IndicationMessage', indicationMessage),
  callProcessId: perMessage('RC CallProcessID', callProcessId),
  controlHeader: perMessage('RC ControlHeader', controlHeader),
  controlMessage: perMessage('RC ControlMessage', controlMessage),
  controlOutcome: perMessage('RC ControlOutcome', controlOutcome),
  queryHeader: perMessage('RC QueryHeader', queryHeader),
  queryDefinition: perMessage('RC QueryDefinition', queryDefinition),
  queryOutcome: perMessage('RC QueryOutcome', queryOutcome),
} as const;
