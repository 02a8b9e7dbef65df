import { describeMessages, messageCase } from '../message-laws.fixture.js';
import { rc } from './rc.js';
import * as control from './rc-control-values.fixture.js';
import { ranFunctionDefinitions } from './rc-definition-values.fixture.js';
import * as indication from './rc-indication-values.fixture.js';
import * as query from './rc-query-values.fixture.js';
import * as subscription from './rc-subscription-values.fixture.js';

describeMessages([
  messageCase('RC RAN function definition', rc.ranFunctionDefinition, ranFunctionDefinitions),
  messageCase('RC event trigger', rc.eventTrigger, subscription.eventTriggers),
  messageCase('RC action definition', rc.actionDefinition, subscription.actionDefinitions),
  messageCase('RC indication header', rc.indicationHeader, indication.indicationHeaders),
  messageCase('RC indication message', rc.indicationMessage, indication.indicationMessages),
  messageCase('RC call process id', rc.callProcessId, control.callProcessIds),
  messageCase('RC control header', rc.controlHeader, control.controlHeaders),
  messageCase('RC control message', rc.controlMessage, control.controlMessages),
  messageCase('RC control outcome', rc.controlOutcome, control.controlOutcomes),
  messageCase('RC query header', rc.queryHeader, query.queryHeaders),
  messageCase('RC query definition', rc.queryDefinition, query.queryDefinitions),
  messageCase('RC query outcome', rc.queryOutcome, query.queryOutcomes),
]);
