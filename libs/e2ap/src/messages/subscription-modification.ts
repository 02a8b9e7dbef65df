import { ie, ieList, ieMessage, optional, sequence } from '@ricochet/asn1';
import { causeToReject, diagnostics, request } from '../types/common-ies.js';
import { octets, ricActionId } from '../types/ids.js';
import {
  actionIds,
  actionsWithCause,
  ricActionExecutionOrder,
  ricActionType,
  ricSubsequentAction,
  ricTimeToWait,
} from '../types/ric-action.js';

const size = { min: 0, max: 16 };

const modified = sequence(
  {
    ricActionId,
    ricActionDefinition: optional(octets),
    ricActionExecutionOrder: optional(ricActionExecutionOrder),
    ricSubsequentAction: optional(ricSubsequentAction),
  },
  {},
);

const added = sequence(
  {
    ricActionId,
    ricActionType,
    ricActionDefinition: octets,
    ricActionExecutionOrder,
    ricSubsequentAction: optional(ricSubsequentAction),
  },
  {},
);

/** RIC SUBSCRIPTION MODIFICATION REQUEST, since v3.00. */
export const ricSubscriptionModificationRequest = ieMessage({
  ...request,
  ricEventTriggerDefinitionToBeModified: ie(64, 'ignore', octets, 'optional'),
  ricActionsToBeRemoved: ie(65, 'ignore', actionIds(66, size), 'optional'),
  ricActionsToBeModified: ie(67, 'ignore', ieList(ie(68, 'ignore', modified), size), 'optional'),
  ricActionsToBeAdded: ie(69, 'ignore', ieList(ie(70, 'ignore', added), size), 'optional'),
});

/** RIC SUBSCRIPTION MODIFICATION RESPONSE. */
export const ricSubscriptionModificationResponse = ieMessage({
  ...request,
  ricActionsRemoved: ie(71, 'ignore', actionIds(72, size), 'optional'),
  ricActionsFailedToBeRemoved: ie(73, 'ignore', actionsWithCause(74), 'optional'),
  ricActionsModified: ie(75, 'ignore', actionIds(76, size), 'optional'),
  ricActionsFailedToBeModified: ie(77, 'ignore', actionsWithCause(78), 'optional'),
  ricActionsAdded: ie(79, 'ignore', actionIds(80, size), 'optional'),
  ricActionsFailedToBeAdded: ie(81, 'ignore', actionsWithCause(82), 'optional'),
});

/** RIC SUBSCRIPTION MODIFICATION FAILURE, and REFUSE. */
export const ricSubscriptionModificationFailure = ieMessage({
  ...request,
  ...causeToReject,
  ...diagnostics,
});

/** RIC SUBSCRIPTION MODIFICATION REQUIRED: the node asks for it. */
export const ricSubscriptionModificationRequired = ieMessage({
  ...request,
  ricActionsRequiredToBeModified: ie(
    83,
    'ignore',
    ieList(ie(84, 'ignore', sequence({ ricActionId, ricTimeToWait }, {})), size),
    'optional',
  ),
  ricActionsRequiredToBeRemoved: ie(85, 'ignore', actionsWithCause(86), 'optional'),
});

/** RIC SUBSCRIPTION MODIFICATION CONFIRM. */
export const ricSubscriptionModificationConfirm = ieMessage({
  ...request,
  ricActionsConfirmedForModification: ie(87, 'ignore', actionIds(88, size), 'optional'),
  ricActionsRefusedToBeModified: ie(89, 'ignore', actionsWithCause(90), 'optional'),
  ricActionsConfirmedForRemoval: ie(91, 'ignore', actionIds(92, size), 'optional'),
  ricActionsRefusedToBeRemoved: ie(93, 'ignore', actionsWithCause(94), 'optional'),
});
