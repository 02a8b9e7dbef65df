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
import { readRanFunctions } from './ran-functions.js';

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

/** RAN functions came, changed or went. One that has changed so that it can not be read any more is gone for us. */
function updateServices(registry: NodeRegistry, node: E2Node, changes: ServiceChanges) {
  const { ranFunctionsAdded: added = [], ranFunctionsModified: modified = [] } = changes;
  const { known, unknown, faults } = readRanFunctions([...added, ...modified]);
  for (const fault of faults) node.tell(fault);
  const had = new Set(node.functions.map(({ ranFunctionId }) => ranFunctionId));
  const withdrawn = [...unknown, ...(changes.ranFunctionsDeleted ?? []).map((item) => item.ranFunctionId)];
  const replaced = new Set([...known.map(({ ranFunctionId }) => ranFunctionId), ...withdrawn]);
  node.functions = [...node.functions.filter(({ ranFunctionId }) => !replaced.has(ranFunctionId)), ...known];
  return {
    ...(known.length > 0 && {
      ranFunctionsAccepted: known.map(({ ranFunctionId, ranFunctionRevision }) => ({
        ranFunctionId,
        ranFunctionRevision,
      })),
    }),
    ...(unknown.length > 0 && {
      ranFunctionsRejected: unknown.map((ranFunctionId) => ({
        ranFunctionId,
        cause: { ricService: 'ran-function-not-supported' as const },
      })),
    }),
    afterwards: () => {
      // What answers a RIC Service Query may be nothing new.
      if (replaced.size === 0) return;
      registry.functionsChanged(node, {
        modified: new Set(known.map(({ ranFunctionId }) => ranFunctionId).filter((id) => had.has(id))),
        deleted: new Set(withdrawn.filter((id) => had.has(id))),
      });
    },
  };
}
