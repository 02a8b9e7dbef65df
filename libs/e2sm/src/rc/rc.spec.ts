import { describeMessages, messageCase } from '../message-laws.fixture.js';
import { rc } from './rc.js';
import { ranFunctionDefinitions } from './rc-definition-values.fixture.js';
import * as values from './rc-values.fixture.js';

describeMessages([
  messageCase('RC RAN function definition', rc.ranFunctionDefinition, ranFunctionDefinitions),
  messageCase('RC event trigger', rc.eventTrigger, values.eventTriggers),
  messageCase('RC action definition', rc.actionDefinition, values.actionDefinitions),
  messageCase('RC indication header', rc.indicationHeader, values.indicationHeaders),
  messageCase('RC indication message', rc.indicationMessage, values.indicationMessages),
  messageCase('RC call process id', rc.callProcessId, values.callProcessIds),
  messageCase('RC control header', rc.controlHeader, values.controlHeaders),
  messageCase('RC control message', rc.controlMessage, values.controlMessages),
  messageCase('RC control outcome', rc.controlOutcome, values.controlOutcomes),
  messageCase('RC query header', rc.queryHeader, values.queryHeaders),
  messageCase('RC query definition', rc.queryDefinition, values.queryDefinitions),
  messageCase('RC query outcome', rc.queryOutcome, values.queryOutcomes),
]);
