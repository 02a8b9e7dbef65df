import { type E2apAssociation, requestSubscriptionDelete, type RicIndication } from '@ricochet/e2ap';
import { type E2Node } from '../e2/e2-node.js';

/** So many unknown subscriptions of one association are deleted; a node that has more means no good. */
const MAX_DELETED = 32;

/** Reports of subscriptions that the RIC does not have: counted, told of once an association, and stopped. */
export class StrayReports {
  count = 0;
  private readonly deleted = new WeakMap<E2apAssociation, Set<string>>();

  take({ association, tell }: E2Node, { ricRequestId, ranFunctionId }: RicIndication): void {
    this.count += 1;
    if (association === undefined) return;
    association.countUnasked();
    const id = `${ricRequestId.requestorId}/${ricRequestId.instanceId}`;
    const deleted = this.deleted.get(association);
    if (deleted === undefined) {
      tell(`reports for a subscription that we do not have, ${id}: it is told to delete it`);
      this.deleted.set(association, new Set([id]));
    } else {
      if (deleted.has(id) || deleted.size >= MAX_DELETED) return;
      deleted.add(id);
    }
    // Should it not answer, the reports that go on are but counted.
    requestSubscriptionDelete(association, { ricRequestId, ranFunctionId }).catch(() => undefined);
  }
}
