/** IEs of E2AP's messages: our field, the id and the name that E2AP gives the type (clause 9.3.5 and 9.3.7). */
const IES: readonly (readonly [field: string, id: number, name: string])[] = [
  ['cause', 1, 'Cause'],
  ['criticalityDiagnostics', 2, 'CriticalityDiagnostics'],
  ['globalE2NodeId', 3, 'GlobalE2node-ID'],
  ['globalRicId', 4, 'GlobalRIC-ID'],
  ['ranFunctionId', 5, 'RANfunctionID'],
  ['ranFunctionsAccepted', 9, 'RANfunctionsAccepted'],
  ['ranFunctionsAdded', 10, 'RANfunctionsAdded'],
  ['ranFunctionsDeleted', 11, 'RANfunctionsDeleted'],
  ['ranFunctionsModified', 12, 'RANfunctionsModified'],
  ['ranFunctionsRejected', 13, 'RANfunctionsRejected'],
  ['ricActionId', 15, 'RICactionID'],
  ['ricActionsAdmitted', 17, 'RICactions-Admitted'],
  ['ricActionsNotAdmitted', 18, 'RICactions-NotAdmitted'],
  ['ricCallProcessId', 20, 'RICcallProcessID'],
  ['ricControlAckRequest', 21, 'RICcontrolAckRequest'],
  ['ricControlHeader', 22, 'RICcontrolHeader'],
  ['ricControlMessage', 23, 'RICcontrolMessage'],
  ['ricIndicationHeader', 25, 'RICindicationHeader'],
  ['ricIndicationMessage', 26, 'RICindicationMessage'],
  ['ricIndicationSn', 27, 'RICindicationSN'],
  ['ricIndicationType', 28, 'RICindicationType'],
  ['ricRequestId', 29, 'RICrequestID'],
  ['ricSubscriptionDetails', 30, 'RICsubscriptionDetails'],
  ['timeToWait', 31, 'TimeToWait'],
  ['ricControlOutcome', 32, 'RICcontrolOutcome'],
  ['componentConfigurationUpdate', 33, 'E2nodeComponentConfigUpdate'],
  ['componentConfigurationUpdateAck', 35, 'E2nodeComponentConfigUpdateAck'],
  ['connectionsSetUp', 39, 'E2connectionSetup'],
  ['connectionsFailed', 40, 'E2connectionSetupFailed'],
  ['connectionsAdded', 44, 'E2connectionUpdateAdd'],
  ['connectionsModified', 45, 'E2connectionUpdateModify'],
  ['connectionsRemoved', 46, 'E2connectionUpdateRemove'],
  ['tnlInformation', 48, 'TNLinformation'],
  ['transactionId', 49, 'TransactionID'],
  ['componentConfigurationAddition', 50, 'E2nodeComponentConfigAddition'],
  ['componentConfigurationAdditionAck', 52, 'E2nodeComponentConfigAdditionAck'],
  ['componentConfigurationRemoval', 54, 'E2nodeComponentConfigRemoval'],
  ['componentConfigurationRemovalAck', 56, 'E2nodeComponentConfigRemovalAck'],
  ['tnlAssociationRemoval', 58, 'E2nodeTNLassociationRemoval'],
  ['ricSubscriptionsToBeRemoved', 60, 'RICsubscriptionToBeRemoved'],
  ['ricSubscriptionStartTime', 62, 'RICsubscriptionStartTime'],
  ['ricSubscriptionEndTime', 63, 'RICsubscriptionEndTime'],
  ['ricEventTriggerDefinitionToBeModified', 64, 'RICeventTriggerDefinitionToBeModified'],
  ['ricActionsToBeRemoved', 65, 'RICactionsToBeRemovedForModification'],
  ['ricActionsToBeModified', 67, 'RICactionsToBeModifiedForModification'],
  ['ricActionsToBeAdded', 69, 'RICactionsToBeAddedForModification'],
  ['ricActionsRemoved', 71, 'RICactionsRemovedForModification'],
  ['ricActionsFailedToBeRemoved', 73, 'RICactionsFailedToBeRemovedForModification'],
  ['ricActionsModified', 75, 'RICactionsModifiedForModification'],
  ['ricActionsFailedToBeModified', 77, 'RICactionsFailedToBeModifiedForModification'],
  ['ricActionsAdded', 79, 'RICactionsAddedForModification'],
  ['ricActionsFailedToBeAdded', 81, 'RICactionsFailedToBeAddedForModification'],
  ['ricActionsRequiredToBeModified', 83, 'RICactionsRequiredToBeModified'],
  ['ricActionsRequiredToBeRemoved', 85, 'RICactionsRequiredToBeRemoved'],
  ['ricActionsConfirmedForModification', 87, 'RICactionsConfirmedForModification'],
  ['ricActionsRefusedToBeModified', 89, 'RICactionsRefusedToBeModified'],
  ['ricActionsConfirmedForRemoval', 91, 'RICactionsConfirmedForRemoval'],
  ['ricActionsRefusedToBeRemoved', 93, 'RICactionsRefusedToBeRemoved'],
  ['ricQueryHeader', 95, 'RICqueryHeader'],
  ['ricQueryDefinition', 96, 'RICqueryDefinition'],
  ['ricQueryOutcome', 97, 'RICqueryOutcome'],
];

/** Parts of RICsubscriptionDetails, which our value has beside the other IEs. */
const DETAILS: Readonly<Record<string, string>> = {
  ricEventTriggerDefinition: 'ricEventTriggerDefinition',
  ricActionsToBeSetup: 'ricAction-ToBeSetup-List',
};

const BY_FIELD = new Map(IES.map(([field, id, name]) => [field, `${name} (IE ${id})`]));
const BY_ID = new Map(IES.map(([, id, name]) => [id, name]));

/** What a message's field is called in E2AP, with its id. */
export function ieLabel(field: string): string {
  const detail = DETAILS[field];
  return detail === undefined ? (BY_FIELD.get(field) ?? field) : `${detail} (of IE 30)`;
}

/** What an IE is called in E2AP, by its id. */
export function ieName(id: number): string {
  return BY_ID.get(id) ?? 'unknown';
}

/** Elementary procedures by their code (clause 9.3.7). */
const PROCEDURES: Readonly<Record<number, string>> = {
  1: 'E2setup',
  2: 'ErrorIndication',
  3: 'Reset',
  4: 'RICcontrol',
  5: 'RICindication',
  6: 'RICserviceQuery',
  7: 'RICserviceUpdate',
  8: 'RICsubscription',
  9: 'RICsubscriptionDelete',
  10: 'E2nodeConfigurationUpdate',
  11: 'E2connectionUpdate',
  12: 'RICsubscriptionDeleteRequired',
  13: 'E2removal',
  14: 'RICsubscriptionModification',
  15: 'RICsubscriptionModificationRequired',
  16: 'RICquery',
};

export function procedureName(code: number): string {
  return PROCEDURES[code] ?? 'unknown';
}
