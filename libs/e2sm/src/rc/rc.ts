import { jsonMessage } from '../service-model.js';
import {
  controlHeaderSchema,
  controlMessageSchema,
  controlOutcomeSchema,
  rcRanFunctionDefinitionSchema,
} from './rc.schema.js';

/** E2SM-RC: control of a node by RAN parameters. */
export const rc = {
  shortName: 'ORAN-E2SM-RC',
  oid: '1.3.6.1.4.1.53148.1.1.2.3',
  /** By convention. */
  ranFunctionId: 3,
  ranFunctionDefinition: jsonMessage('RC RANfunctionDefinition', rcRanFunctionDefinitionSchema),
  controlHeader: jsonMessage('RC ControlHeader', controlHeaderSchema),
  controlMessage: jsonMessage('RC ControlMessage', controlMessageSchema),
  controlOutcome: jsonMessage('RC ControlOutcome', controlOutcomeSchema),
} as const;
