import fc from 'fast-check';
import { messages, type E2apPdu, type MessageName, type MessageValue } from './pdu.js';
import { type Cause } from './types/cause.js';
import { type CriticalityDiagnostics } from './types/criticality-diagnostics.js';
import { type ComponentAcknowledgeItem, type ComponentConfigurationItem } from './types/node-component.js';
import { type RicAction } from './types/ric-action.js';
import { type TnlInformation } from './types/tnl-information.js';

type Model<T> = { [K in keyof T]-?: fc.Arbitrary<T[K]> };
type Optional<T> = { [K in keyof T as object extends Pick<T, K> ? K : never]?: T[K] };
type Required<T> = { [K in keyof T as object extends Pick<T, K> ? never : K]: T[K] };

/** An object of these fields, each of the second kind there or not. */
function record<T extends object>(
  required: Model<Required<T>>,
  optional: Model<Optional<T>>,
): fc.Arbitrary<T> {
  const requiredKeys = Object.keys(required) as never[];
  return fc.record({ ...required, ...optional }, { requiredKeys }) as unknown as fc.Arbitrary<T>;
}

const encoder = new TextEncoder();
const below = (limit: number) => fc.integer({ min: 0, max: limit - 1 });
const list = <T>(item: fc.Arbitrary<T>, minLength = 1) => fc.array(item, { minLength, maxLength: 3 });

/** Octets of a service model: JSON of one line or more, what merely begins like JSON, and anything at all. */
const octets = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue()).map((value) => encoder.encode(JSON.stringify(value))),
  fc.dictionary(fc.string(), fc.jsonValue()).map((value) => encoder.encode(JSON.stringify(value, null, 2))),
  fc.uint8Array().map((tail) => Uint8Array.of(0x7b, ...tail)),
  fc.uint8Array({ maxLength: 40 }),
  fc.array(fc.constantFrom(10, 13, 0, 0x7b, 0x7d, 0xff)).map((values) => Uint8Array.from(values)),
);

/** Senders put more than the alphabet of PrintableString in. */
const name = fc
  .array(below(256), { minLength: 1, maxLength: 160 })
  .map((codes) => String.fromCharCode(...codes));

const known: Readonly<Record<string, readonly string[]>> = {
  ricRequest: ['ran-function-id-invalid', 'unspecified', 'invalid-information-request', 'unknown-6'],
  ricService: ['excessive-functions', 'unknown-0'],
  e2Node: ['e2node-component-unknown', 'unknown-100'],
  transport: ['transport-resource-unavailable', 'unknown-63'],
  protocol: ['semantic-error', 'unknown-64'],
  misc: ['om-intervention', 'unknown-1'],
};
const cause = fc.constantFrom(
  ...Object.entries(known).flatMap(([group, values]) => values.map((value) => ({ [group]: value }) as Cause)),
);

const transactionId = fc.oneof(below(256), below(2 ** 40));
const ranFunctionId = below(4096);
const ricActionId = below(256);
const ricRequestId = fc.record({ requestorId: below(65_536), instanceId: below(65_536) });
const request = { ricRequestId, ranFunctionId };
const timeToWait = fc.constantFrom('v1s', 'v2s', 'v5s', 'v10s', 'v20s', 'v60s');
const criticality = fc.constantFrom('reject', 'ignore', 'notify');

const criticalityDiagnostics = record<CriticalityDiagnostics>(
  {},
  {
    procedureCode: below(256),
    triggeringMessage: fc.constantFrom('initiating-message', 'successful-outcome', 'unsuccessful-outcome'),
    procedureCriticality: criticality,
    ricRequestId,
    iesCriticalityDiagnostics: list(
      fc.record({
        ieCriticality: criticality,
        ieId: below(65_536),
        typeOfError: fc.constantFrom('not-understood', 'missing'),
      }),
    ),
  },
);

const digits = (of: string, length: number) =>
  fc.string({ unit: fc.constantFrom(...of), minLength: length, maxLength: length });
const plmn = fc.record({
  mcc: digits('0123456789abcdef', 3),
  mnc: fc
    .tuple(fc.oneof(fc.constant(''), digits('0123456789abcde', 1)), digits('0123456789abcdef', 2))
    .map((parts) => parts.join('')),
});
const gnbId = fc
  .integer({ min: 22, max: 32 })
  .chain((gnbIdBits) => fc.record({ plmn, gnbId: below(2 ** gnbIdBits), gnbIdBits: fc.constant(gnbIdBits) }))
  .map(({ gnbIdBits, ...id }) => (gnbIdBits === 32 ? id : { ...id, gnbIdBits }));
const ngEnbId = fc.record({
  plmn,
  enbId: fc.oneof(
    fc.record({ macro: below(2 ** 20) }),
    fc.record({ shortMacro: below(2 ** 18) }),
    fc.record({ longMacro: below(2 ** 21) }),
  ),
});
const enbId = fc.oneof(ngEnbId, fc.record({ plmn, enbId: fc.record({ home: below(2 ** 28) }) }));
const partId = below(2 ** 36);
const either = <A extends object, B extends object>(first: fc.Arbitrary<A>, second: fc.Arbitrary<B>) =>
  fc.tuple(first, second).map(([a, b]) => ({ ...a, ...b }));
const parts = record<{ gnbCuUpId?: number; gnbDuId?: number }>({}, { gnbCuUpId: partId, gnbDuId: partId });
const globalE2NodeId: fc.Arbitrary<MessageValue<'E2setupRequest'>['globalE2NodeId']> = fc.oneof(
  either(gnbId, either(parts, fc.record({ globalEnGnbId: gnbId }, { requiredKeys: [] }))),
  fc.record({ enGnb: either(gnbId, parts) }),
  fc.record({
    ngEnb: either(ngEnbId, fc.record({ globalEnbId: enbId, ngEnbDuId: partId }, { requiredKeys: [] })),
  }),
  fc.record({ enb: enbId }),
);

const component = {
  interfaceType: fc.constantFrom('ng', 'xn', 'e1', 'f1', 'w1', 's1', 'x2'),
  componentId: fc.oneof(
    fc.record({ ng: fc.record({ amfName: name }) }),
    fc.record({
      xn: fc.record({
        globalNgRanNodeId: fc.oneof(fc.record({ gnb: gnbId }), fc.record({ ngEnb: ngEnbId })),
      }),
    }),
    fc.record({ e1: fc.record({ gnbCuUpId: partId }) }),
    fc.record({ f1: fc.record({ gnbDuId: partId }) }),
    fc.record({ w1: fc.record({ ngEnbDuId: partId }) }),
    fc.record({ s1: fc.record({ mmeName: name }) }),
    fc.record({ x2: fc.record({ globalEnbId: enbId, globalEnGnbId: gnbId }, { requiredKeys: [] }) }),
  ),
} as const;
const components = list(
  record<ComponentConfigurationItem>({ ...component, requestPart: octets, responsePart: octets }, {}),
);
const componentAcks = list(
  record<ComponentAcknowledgeItem>(
    { ...component, outcome: fc.constantFrom('success', 'failure') },
    { cause },
  ),
);

const ranFunctionRevision = below(4096);
const ranFunctions = list(
  fc.record({ ranFunctionId, ranFunctionDefinition: octets, ranFunctionRevision, ranFunctionOid: name }),
);
const ranFunctionIds = list(fc.record({ ranFunctionId, ranFunctionRevision }));
const ranFunctionsRejected = list(fc.record({ ranFunctionId, cause }));

const tnlInformation = record<TnlInformation>(
  {
    tnlAddress: fc.uint8Array({ minLength: 1, maxLength: 24 }).map((value) => ({
      octets: value,
      bits: value.length * 8,
    })),
  },
  { tnlPort: below(65_536) },
);
const connections = list(
  fc.record({ tnlInformation, tnlUsage: fc.constantFrom('ric-service', 'support-function', 'both') }),
);

const ricActionType = fc.constantFrom('report', 'insert', 'policy');
const ricTimeToWait = fc.constantFrom('w1ms', 'w100ms', 'w500ms', 'w60s');
const ricSubsequentAction = fc.record({
  ricSubsequentActionType: fc.constantFrom('continue', 'wait'),
  ricTimeToWait,
});
const ricActionExecutionOrder = fc.oneof(below(256), below(100_000));
const ids = list(ricActionId, 0);
const idsWithCause = list(fc.record({ ricActionId, cause }), 0);

const diagnosed = { criticalityDiagnostics };
const delayed = { timeToWait, criticalityDiagnostics };

/** Arbitrary values of every message, within its schema. */
const values: { readonly [N in MessageName]: fc.Arbitrary<MessageValue<N>> } = {
  E2setupRequest: record<MessageValue<'E2setupRequest'>>(
    {
      transactionId,
      globalE2NodeId,
      ranFunctionsAdded: ranFunctions,
      componentConfigurationAddition: components,
    },
    {},
  ),
  E2setupResponse: record<MessageValue<'E2setupResponse'>>(
    {
      transactionId,
      globalRicId: fc.record({ plmn, ricId: below(2 ** 20) }),
    },
    {
      ranFunctionsAccepted: ranFunctionIds,
      ranFunctionsRejected,
      componentConfigurationAdditionAck: componentAcks,
    },
  ),
  E2setupFailure: record<MessageValue<'E2setupFailure'>>(
    { transactionId, cause },
    { ...delayed, tnlInformation },
  ),
  ErrorIndication: record<MessageValue<'ErrorIndication'>>(
    {},
    { transactionId, ...request, cause, criticalityDiagnostics },
  ),
  ResetRequest: record<MessageValue<'ResetRequest'>>({ transactionId, cause }, {}),
  ResetResponse: record<MessageValue<'ResetResponse'>>({ transactionId }, diagnosed),
  RICcontrolRequest: record<MessageValue<'RICcontrolRequest'>>(
    { ...request, ricControlHeader: octets, ricControlMessage: octets },
    { ricCallProcessId: octets, ricControlAckRequest: fc.constantFrom('noAck', 'ack') },
  ),
  RICcontrolAcknowledge: record<MessageValue<'RICcontrolAcknowledge'>>(request, {
    ricCallProcessId: octets,
    ricControlOutcome: octets,
  }),
  RICcontrolFailure: record<MessageValue<'RICcontrolFailure'>>(
    { ...request, cause },
    { ricCallProcessId: octets, ricControlOutcome: octets, ...diagnosed },
  ),
  RICindication: record<MessageValue<'RICindication'>>(
    {
      ...request,
      ricActionId,
      ricIndicationType: fc.constantFrom('report', 'insert'),
      ricIndicationHeader: octets,
      ricIndicationMessage: octets,
    },
    { ricIndicationSn: below(65_536), ricCallProcessId: octets },
  ),
  RICserviceQuery: record<MessageValue<'RICserviceQuery'>>(
    { transactionId },
    { ranFunctionsAccepted: ranFunctionIds },
  ),
  RICserviceUpdate: record<MessageValue<'RICserviceUpdate'>>(
    { transactionId },
    {
      ranFunctionsAdded: ranFunctions,
      ranFunctionsModified: ranFunctions,
      ranFunctionsDeleted: ranFunctionIds,
    },
  ),
  RICserviceUpdateAcknowledge: record<MessageValue<'RICserviceUpdateAcknowledge'>>(
    { transactionId },
    { ranFunctionsAccepted: ranFunctionIds, ranFunctionsRejected },
  ),
  RICserviceUpdateFailure: record<MessageValue<'RICserviceUpdateFailure'>>({ transactionId, cause }, delayed),
  RICsubscriptionRequest: record<MessageValue<'RICsubscriptionRequest'>>(
    {
      ...request,
      ricEventTriggerDefinition: octets,
      ricActionsToBeSetup: list(
        record<RicAction>(
          { ricActionId, ricActionType },
          { ricActionDefinition: octets, ricSubsequentAction, ricActionExecutionOrder },
        ),
      ),
    },
    {
      ricSubscriptionStartTime: fc.uint8Array({ minLength: 8, maxLength: 8 }),
      ricSubscriptionEndTime: fc.uint8Array({ minLength: 8, maxLength: 8 }),
    },
  ),
  RICsubscriptionResponse: record<MessageValue<'RICsubscriptionResponse'>>(
    { ...request, ricActionsAdmitted: list(ricActionId) },
    { ricActionsNotAdmitted: idsWithCause },
  ),
  RICsubscriptionFailure: record<MessageValue<'RICsubscriptionFailure'>>({ ...request, cause }, diagnosed),
  RICsubscriptionDeleteRequest: record<MessageValue<'RICsubscriptionDeleteRequest'>>(request, {}),
  RICsubscriptionDeleteResponse: record<MessageValue<'RICsubscriptionDeleteResponse'>>(request, {}),
  RICsubscriptionDeleteFailure: record<MessageValue<'RICsubscriptionDeleteFailure'>>(
    { ...request, cause },
    diagnosed,
  ),
  RICsubscriptionDeleteRequired: record<MessageValue<'RICsubscriptionDeleteRequired'>>(
    { ricSubscriptionsToBeRemoved: list(fc.record({ ...request, cause })) },
    {},
  ),
  E2nodeConfigurationUpdate: record<MessageValue<'E2nodeConfigurationUpdate'>>(
    { transactionId },
    {
      globalE2NodeId,
      componentConfigurationAddition: components,
      componentConfigurationUpdate: components,
      componentConfigurationRemoval: list(fc.record(component)),
      tnlAssociationRemoval: list(fc.record({ tnlInformation, tnlInformationRic: tnlInformation })),
    },
  ),
  E2nodeConfigurationUpdateAcknowledge: record<MessageValue<'E2nodeConfigurationUpdateAcknowledge'>>(
    { transactionId },
    {
      componentConfigurationAdditionAck: componentAcks,
      componentConfigurationUpdateAck: componentAcks,
      componentConfigurationRemovalAck: componentAcks,
    },
  ),
  E2nodeConfigurationUpdateFailure: record<MessageValue<'E2nodeConfigurationUpdateFailure'>>(
    { transactionId, cause },
    delayed,
  ),
  E2connectionUpdate: record<MessageValue<'E2connectionUpdate'>>(
    { transactionId },
    {
      connectionsAdded: connections,
      connectionsRemoved: list(fc.record({ tnlInformation })),
      connectionsModified: connections,
    },
  ),
  E2connectionUpdateAcknowledge: record<MessageValue<'E2connectionUpdateAcknowledge'>>(
    { transactionId },
    { connectionsSetUp: connections, connectionsFailed: list(fc.record({ tnlInformation, cause })) },
  ),
  E2connectionUpdateFailure: record<MessageValue<'E2connectionUpdateFailure'>>(
    { transactionId },
    { cause, ...delayed },
  ),
  E2removalRequest: record<MessageValue<'E2removalRequest'>>({ transactionId }, {}),
  E2removalResponse: record<MessageValue<'E2removalResponse'>>({ transactionId }, diagnosed),
  E2removalFailure: record<MessageValue<'E2removalFailure'>>({ transactionId, cause }, diagnosed),
  RICsubscriptionModificationRequest: record<MessageValue<'RICsubscriptionModificationRequest'>>(request, {
    ricEventTriggerDefinitionToBeModified: octets,
    ricActionsToBeRemoved: ids,
    ricActionsToBeModified: list(
      record<{ ricActionId: number } & Partial<Omit<RicAction, 'ricActionId' | 'ricActionType'>>>(
        { ricActionId },
        { ricActionDefinition: octets, ricActionExecutionOrder, ricSubsequentAction },
      ),
      0,
    ),
    ricActionsToBeAdded: list(
      fc.record({ ricActionId, ricActionType, ricActionDefinition: octets, ricActionExecutionOrder }),
      0,
    ),
  }),
  RICsubscriptionModificationResponse: record<MessageValue<'RICsubscriptionModificationResponse'>>(request, {
    ricActionsRemoved: ids,
    ricActionsFailedToBeRemoved: idsWithCause,
    ricActionsModified: ids,
    ricActionsFailedToBeModified: idsWithCause,
    ricActionsAdded: ids,
    ricActionsFailedToBeAdded: idsWithCause,
  }),
  RICsubscriptionModificationFailure: record<MessageValue<'RICsubscriptionModificationFailure'>>(
    { ...request, cause },
    diagnosed,
  ),
  RICsubscriptionModificationRequired: record<MessageValue<'RICsubscriptionModificationRequired'>>(request, {
    ricActionsRequiredToBeModified: list(fc.record({ ricActionId, ricTimeToWait }), 0),
    ricActionsRequiredToBeRemoved: idsWithCause,
  }),
  RICsubscriptionModificationConfirm: record<MessageValue<'RICsubscriptionModificationConfirm'>>(request, {
    ricActionsConfirmedForModification: ids,
    ricActionsRefusedToBeModified: idsWithCause,
    ricActionsConfirmedForRemoval: ids,
    ricActionsRefusedToBeRemoved: idsWithCause,
  }),
  RICsubscriptionModificationRefuse: record<MessageValue<'RICsubscriptionModificationRefuse'>>(
    { ...request, cause },
    diagnosed,
  ),
  RICqueryRequest: record<MessageValue<'RICqueryRequest'>>(
    { ...request, ricQueryHeader: octets, ricQueryDefinition: octets },
    {},
  ),
  RICqueryResponse: record<MessageValue<'RICqueryResponse'>>({ ...request, ricQueryOutcome: octets }, {}),
  RICqueryFailure: record<MessageValue<'RICqueryFailure'>>({ ...request, cause }, diagnosed),
};

export const messageNames = Object.keys(messages) as MessageName[];

/** Arbitrary PDUs of one message. */
export function pdus(message: MessageName): fc.Arbitrary<E2apPdu> {
  return (values[message] as fc.Arbitrary<unknown>).map((value) => ({ message, value }) as E2apPdu);
}
