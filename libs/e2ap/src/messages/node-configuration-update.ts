import { ie, ieList, ieMessage, type Infer, sequence } from '@ricochet/asn1';
import { causeToIgnore, diagnostics, transaction, waiting } from '../types/common-ies.js';
import {
  componentsAdded,
  componentsAddedAck,
  componentsRemoved,
  componentsRemovedAck,
  componentsUpdated,
  componentsUpdatedAck,
} from '../types/node-component.js';
import { globalE2NodeId } from '../types/node-ids.js';
import { tnlInformation } from '../types/tnl-information.js';

/** An association that the node gives up: its own end and the RIC's. */
const tnlAssociation = sequence({ tnlInformation, tnlInformationRic: tnlInformation }, {});

/** E2 NODE CONFIGURATION UPDATE (clause 9.1.2.11): components that came, changed and went. */
export const nodeConfigurationUpdate = ieMessage({
  ...transaction,
  globalE2NodeId: ie(3, 'reject', globalE2NodeId, 'optional'),
  componentConfigurationAddition: ie(50, 'reject', componentsAdded, 'optional'),
  componentConfigurationUpdate: ie(33, 'reject', componentsUpdated, 'optional'),
  componentConfigurationRemoval: ie(54, 'reject', componentsRemoved, 'optional'),
  tnlAssociationRemoval: ie(
    58,
    'reject',
    ieList(ie(59, 'reject', tnlAssociation), { min: 1, max: 32 }),
    'optional',
  ),
});
export type NodeConfigurationUpdate = Infer<typeof nodeConfigurationUpdate>;

/** E2 NODE CONFIGURATION UPDATE ACKNOWLEDGE (clause 9.1.2.12). */
export const nodeConfigurationUpdateAck = ieMessage({
  ...transaction,
  componentConfigurationAdditionAck: ie(52, 'reject', componentsAddedAck, 'optional'),
  componentConfigurationUpdateAck: ie(35, 'reject', componentsUpdatedAck, 'optional'),
  componentConfigurationRemovalAck: ie(56, 'reject', componentsRemovedAck, 'optional'),
});

/** E2 NODE CONFIGURATION UPDATE FAILURE (clause 9.1.2.13). */
export const nodeConfigurationUpdateFailure = ieMessage({
  ...transaction,
  ...causeToIgnore,
  ...waiting,
  ...diagnostics,
});
