import { controlHeader, controlMessage, controlOutcome } from './control.js';
import { jsonMessage } from './json-message.js';
import { ranFunctionDefinition } from './ran-function-definition.js';

/** E2SM-CCC: configuration of a node and its cells. Its messages are JSON inside E2AP's octets. */
export const ccc = {
  shortName: 'ORAN-E2SM-CCC',
  oid: '1.3.6.1.4.1.53148.1.6.2.4',
  /** By convention. */
  ranFunctionId: 4,
  ranFunctionDefinition: jsonMessage('CCC RANfunctionDefinition', ranFunctionDefinition),
  controlHeader: jsonMessage('CCC ControlHeader', controlHeader),
  controlMessage: jsonMessage('CCC ControlMessage', controlMessage),
  controlOutcome: jsonMessage('CCC ControlOutcome', controlOutcome),
} as const;
