import {
  decodeF1Request,
  type ComponentAcknowledgeItem,
  type ComponentConfigurationItem,
  type NodeConfigurationUpdate,
} from '@ricochet/e2ap';
import { type ServedCell } from './e2-node.js';

/**
 * What F1 tells of the DU's cell; `known` as long as it tells nothing.
 * @throws E2apDecodeError when it can not be read
 */
export function readServedCell(
  items: readonly ComponentConfigurationItem[],
  known?: ServedCell,
): ServedCell | undefined {
  const f1 = items.find(({ interfaceType }) => interfaceType === 'f1');
  if (f1 === undefined) return known;
  const told = decodeF1Request(f1.requestPart);
  if ('cells' in told) return known && { ...known, active: told.cells[0]?.active ?? known.active };
  const [cell] = told.servedCells;
  return cell && { active: true, prbs: cell.prbs, slices: cell.sliceSupport };
}

type ComponentKey = Pick<ComponentConfigurationItem, 'interfaceType' | 'componentId'>;

export function acknowledge({ interfaceType, componentId }: ComponentKey): ComponentAcknowledgeItem {
  return { interfaceType, componentId, outcome: 'success' };
}

/** Takes all components of an update, in the lists that answer it. */
export function acknowledgeUpdate(update: Omit<NodeConfigurationUpdate, 'transactionId'>) {
  const { componentConfigurationAddition: added, componentConfigurationUpdate: updated } = update;
  const { componentConfigurationRemoval: removed } = update;
  return {
    ...(added && { componentConfigurationAdditionAck: added.map(acknowledge) }),
    ...(updated && { componentConfigurationUpdateAck: updated.map(acknowledge) }),
    ...(removed && { componentConfigurationRemovalAck: removed.map(acknowledge) }),
  };
}
