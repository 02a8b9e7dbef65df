import {
  answerE2Removal,
  answerNodeConfigurationUpdate,
  answerReset,
  answerServiceUpdate,
  formatCause,
  takeSubscriptionDeleteRequired,
  type Cause,
  type MessageHandlers,
  type NodeConfigurationChanges,
  type ServiceChanges,
} from '@ricochet/e2ap';
import { messageOf } from '@ricochet/platform';
import { type E2Node } from './e2-node.js';
import { acknowledgeUpdate, readServedCell } from './node-configuration.js';
import { type NodeRegistry } from './node-registry.service.js';
import { acceptanceOf, readRanFunctions } from './ran-functions.js';

/** Of one node (maxofRANfunctionID of E2AP). */
const MAX_FUNCTIONS = 256;

const BEFORE_SET_UP: { readonly cause: Cause } = {
  cause: { protocol: 'message-not-compatible-with-receiver-state' },
};

/** What a node begins once it is set up; `current` gives it, or `undefined` before. */
export function nodeBegunProcedures(
  registry: NodeRegistry,
  current: () => E2Node | undefined,
): MessageHandlers {
  return {
    ResetRequest: answerReset((cause) => {
      const node = current();
      if (node === undefined) return;
      node.tell(`has reset (${formatCause(cause)}): it is subscribed to anew`);
      registry.events.emit('reset', node);
    }),
    E2nodeConfigurationUpdate: answerNodeConfigurationUpdate((changes) => {
      const node = current();
      return node === undefined ? BEFORE_SET_UP : updateConfiguration(node, changes);
    }),
    RICserviceUpdate: answerServiceUpdate((changes) => {
      const node = current();
      return node === undefined ? BEFORE_SET_UP : updateServices(registry, node, changes);
    }),
    RICsubscriptionDeleteRequired: takeSubscriptionDeleteRequired((items) => {
      const node = current();
      if (node !== undefined) registry.events.emit('deletionRequired', node, items);
    }),
    // What is wanted is wanted as it is, or not at all.
    RICsubscriptionModificationRequired: ({ ricRequestId, ranFunctionId }, association) =>
      association.send('RICsubscriptionModificationRefuse', {
        ricRequestId,
        ranFunctionId,
        cause: { ricRequest: 'unspecified' },
      }),
    E2removalRequest: answerE2Removal(() => {
      const node = current();
      if (node !== undefined) registry.left(node);
      return undefined;
    }),
  };
}

/** Its cell was switched on or off, say. */
function updateConfiguration(node: E2Node, changes: NodeConfigurationChanges) {
  const { componentConfigurationAddition: added = [], componentConfigurationUpdate: updated = [] } = changes;
  try {
    node.cell = readServedCell([...added, ...updated], node.cell);
    node.tell(`has updated its configuration: cell ${node.cell?.active ? 'on' : 'off'}`);
  } catch (error) {
    node.tell(messageOf(error));
  }
  return acknowledgeUpdate(changes);
}

/** RAN functions came, changed or went. */
function updateServices(registry: NodeRegistry, node: E2Node, changes: ServiceChanges) {
  const { ranFunctionsAdded = [], ranFunctionsModified = [], ranFunctionsDeleted = [] } = changes;
  const offered = [...ranFunctionsAdded, ...ranFunctionsModified];
  const named = new Set([...offered, ...ranFunctionsDeleted].map(({ ranFunctionId }) => ranFunctionId));
  const had = node.functions.map(({ ranFunctionId }) => ranFunctionId).filter((id) => named.has(id));
  const kept = node.functions.filter(({ ranFunctionId }) => !named.has(ranFunctionId));
  const functions = readRanFunctions(offered);
  const { known, unknown } = functions;
  unknown.push(...known.splice(MAX_FUNCTIONS - kept.length).map(({ ranFunctionId }) => ranFunctionId));
  for (const { fault } of known) if (fault !== undefined) node.tell(fault);
  node.functions = [...kept, ...known];
  const taken = new Set(known.map(({ ranFunctionId }) => ranFunctionId));
  return {
    ...acceptanceOf(functions),
    afterwards: () => {
      // What answers a RIC Service Query may be nothing new.
      if (named.size === 0) return;
      registry.functionsChanged(node, {
        modified: new Set(had.filter((id) => taken.has(id))),
        deleted: new Set(had.filter((id) => !taken.has(id))),
      });
    },
  };
}
