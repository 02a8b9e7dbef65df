import { type ReplyOf, type RicProcedure, type ricProcedure } from '@ricochet/contracts';
import {
  type E2apAssociation,
  ProcedureNotAllowed,
  queryServices,
  requestE2Removal,
  requestReset,
} from '@ricochet/e2ap';
import { messageOf } from '@ricochet/platform';
import { Injectable } from '@nestjs/common';
import { type E2Node } from './e2-node.js';
import { NodeRegistry } from './node-registry.service.js';

type Reply = ReplyOf<typeof ricProcedure>;

/** Procedures that the RIC begins when an operator asks for them. */
@Injectable()
export class NodeProcedures {
  constructor(private readonly registry: NodeRegistry) {}

  async begin(nodeId: string, procedure: RicProcedure): Promise<Reply> {
    const node = this.registry.find(nodeId);
    if (node?.association === undefined) return { outcome: 'refused', text: `${nodeId} is not connected` };
    try {
      return { outcome: 'done', text: `${nodeId} ${await this[procedure](node, node.association)}` };
    } catch (error) {
      const outcome = error instanceof ProcedureNotAllowed ? 'refused' : 'failed';
      return { outcome, text: `${nodeId}: ${messageOf(error)}` };
    }
  }

  /** Reset (E2AP clause 8.3.3): the node has forgotten its subscriptions, and gets them again. */
  private async reset(node: E2Node, association: E2apAssociation): Promise<string> {
    await requestReset(association, { misc: 'om-intervention' });
    if (node.association === association) this.registry.events.emit('reset', node);
    return 'has been reset and is subscribed to anew';
  }

  /** RIC Service Query: what comes of it is a RIC Service Update, if the node has anything to tell. */
  private query({ functions }: E2Node, association: E2apAssociation): Promise<string> {
    queryServices(
      association,
      functions.map(({ ranFunctionId, ranFunctionRevision }) => ({ ranFunctionId, ranFunctionRevision })),
    );
    return Promise.resolve('has been asked for its RAN functions; it answers by a RIC Service Update');
  }

  /** E2 Removal. */
  private async remove(_: E2Node, association: E2apAssociation): Promise<string> {
    await requestE2Removal(association);
    return 'has been removed, until it sets up again';
  }
}
