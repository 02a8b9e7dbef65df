import { EventEmitter } from 'node:events';
import { Store } from '@ricochet/store';
import { Injectable } from '@nestjs/common';
import { OperatorLog } from '../status/operator-log.service.js';
import { type E2Node } from './e2-node.js';

/** Which nodes there are; tells when one connects, is lost, has forgotten its subscriptions, or has sent an indication. */
@Injectable()
export class NodeRegistry {
  readonly events = new EventEmitter<{
    connected: [E2Node];
    lost: [E2Node];
    reset: [E2Node];
    indicated: [E2Node];
  }>();
  private readonly nodes = new Map<string, E2Node>();

  constructor(
    private readonly store: Store,
    private readonly log: OperatorLog,
  ) {}

  all(): readonly E2Node[] {
    return [...this.nodes.values()];
  }

  find(nodeId: string): E2Node | undefined {
    return this.nodes.get(nodeId);
  }

  /** The node has set up; a former association of the same node is closed. */
  connected(node: E2Node): void {
    const former = this.nodes.get(node.nodeId);
    if (former !== undefined) {
      const { association } = former;
      former.association = undefined;
      if (association !== node.association) association?.close('the node has set up anew');
    }
    this.nodes.set(node.nodeId, node);
    this.log.info(
      `${node.nodeId} connected with ${node.functions.map(({ model }) => model.shortName).join(', ')}`,
    );
    this.save(node);
    this.events.emit('connected', node);
  }

  /** The node's association has ended. */
  lost(node: E2Node, reason: string): void {
    if (node.association === undefined) return;
    node.association = undefined;
    this.log.warn(`${node.nodeId} lost: ${reason}`);
    this.save(node);
    this.events.emit('lost', node);
  }

  private save({ nodeId, globalId, functions, association }: E2Node): void {
    const ranFunctions = functions.map(({ ranFunctionId, model }) => ({ ranFunctionId, oid: model.oid }));
    const state = association === undefined ? 'disconnected' : 'connected';
    this.store.saveNode({ nodeId, globalId, ranFunctions, state, changedAtMs: Date.now() }).catch(() => {
      // The store tells of its own trouble, once an episode.
    });
  }
}
