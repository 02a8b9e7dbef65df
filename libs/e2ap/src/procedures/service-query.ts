import { type E2apAssociation, type MessageHandler } from '../association.js';
import { type MessageValue } from '../pdu.js';
import { requestServiceUpdate, type ServiceChanges } from './service-update.js';

/** RAN functions that the RIC has accepted, as it knows them. */
export type AcceptedFunctions = NonNullable<MessageValue<'RICserviceQuery'>['ranFunctionsAccepted']>;

/**
 * RIC Service Query (clause 8.3.4A), begun by the RIC. It has no answer of its own: the node begins a RIC Service Update.
 * @throws ProcedureNotAllowed
 */
export function queryServices(association: E2apAssociation, accepted: AcceptedFunctions): void {
  association.assertTakes('RICserviceQuery');
  association.send('RICserviceQuery', {
    transactionId: association.nextTransactionId(),
    ...(accepted.length > 0 && { ranFunctionsAccepted: accepted }),
  });
}

/**
 * The node's side: updates the RIC with `changesSince` what the RIC knows, also when there is none.
 * @param failed hears why an update was not taken
 */
export function answerServiceQuery(
  changesSince: (accepted: AcceptedFunctions, association: E2apAssociation) => ServiceChanges,
  failed: (error: unknown) => void,
): MessageHandler<'RICserviceQuery'> {
  return ({ ranFunctionsAccepted = [] }, association) => {
    requestServiceUpdate(association, changesSince(ranFunctionsAccepted, association)).catch(failed);
  };
}
