import { EventEmitter } from 'node:events';
import { type SubscriptionToRemove, type Timers } from '@ricochet/e2ap';
import { Store } from '@ricochet/store';
import { Inject, Injectable } from '@nestjs/common';
import { OperatorLog } from '../status/operator-log.service.js';
import { type E2Node } from './e2-node.js';
import { E2_TIMERS } from './e2-timers.js';
import { IdClaims } from './id-claims.js';

/** RAN functions, by id, that a node has changed after its set-up. */
export interface FunctionChanges {
  readonly modified: ReadonlySet<number>;
  readonly deleted: ReadonlySet<number>;
}

interface NodeEvents {
  connected: [E2Node];
  lost: [E2Node];
  /** It has forgotten its subscriptions. */
  reset: [E2Node];
  functionsChanged: [E2Node, FunctionChanges];
  deletionRequired: [E2Node, readonly SubscriptionToRemove[]];
  /** It has sent an indication, whatever became of that. */
  indicated: [E2Node];
  /** One that was lost long ago is known no more. */
  forgotten: [E2Node];
}

/** How many nodes are known, connected or not; of those that are not, who was first to go is forgotten. */
const MAX_NODES = 1_024;

/** Which nodes there are, and what happens to them. */
@Injectable()
export class NodeRegistry {
  readonly events = new EventEmitter<NodeEvents>();
  private readonly nodes = new Map<string, E2Node>();
  /** Ids of those that are not connected, who went first in front. */
  private readonly gone = new Set<string>();
  private readonly claims: IdClaims;

  constructor(
    private readonly store: Store,
    private readonly log: OperatorLog,
    @Inject(E2_TIMERS) timers: Timers,
  ) {
    this.claims = new IdClaims(timers);
  }

  all(): readonly E2Node[] {
    return [...this.nodes.values()];
  }

  find(nodeId: string): E2Node | undefined {
    return this.nodes.get(nodeId);
  }

  /** Whether one node more can be known. */
  hasRoomFor(nodeId: string): boolean {
    return this.nodes.has(nodeId) || this.nodes.size < MAX_NODES || this.gone.size > 0;
  }

  /** The node has set up; a former association of the same node is closed. */
  connected(node: E2Node): void {
    const { nodeId } = node;
    const former = this.nodes.get(nodeId);
    let storm: string | undefined;
    if (former !== undefined) {
      node.refusedPdus += former.refusedPdus;
      storm = this.replace(former, node);
    } else if (this.nodes.size >= MAX_NODES) {
      this.forgetOne();
    }
    this.gone.delete(nodeId);
    this.nodes.set(nodeId, node);
    if (storm !== undefined) this.log.warn(storm);
    else if (!this.claims.isDisputed(nodeId)) this.log.info(lineOf(node));
    this.save(node);
    this.events.emit('connected', node);
  }

  /** The node's association has ended. */
  lost(node: E2Node, reason: string): void {
    if (node.association === undefined) return;
    this.log.warn(`${node.nodeId} lost: ${reason}`);
    this.end(node);
  }

  /** The node has said that it goes: its association is about to end. */
  left(node: E2Node): void {
    if (node.association === undefined) return;
    this.log.info(`${node.nodeId} has left by E2 Removal`);
    this.end(node);
  }

  /** The node has told of other RAN functions than before; they are in `functions` already. */
  functionsChanged(node: E2Node, changes: FunctionChanges): void {
    node.tell(`offers ${offerOf(node)} from now on`);
    this.save(node);
    this.events.emit('functionsChanged', node, changes);
  }

  private end(node: E2Node): void {
    node.association = undefined;
    this.gone.add(node.nodeId);
    this.save(node);
    this.events.emit('lost', node);
  }

  /** The later of two associations that claim one id wins. Gives the line that tells of a quarrel, when one begins. */
  private replace(former: E2Node, node: E2Node): string | undefined {
    const { association } = former;
    former.association = undefined;
    if (association === undefined || association === node.association) return undefined;
    association.close('the node has set up anew');
    if (!this.claims.claim(node.nodeId)) return undefined;
    return `${node.nodeId} is claimed again and again, by ${former.peer} and ${node.peer}: do two nodes have that id?`;
  }

  private forgetOne(): void {
    const [nodeId = ''] = this.gone;
    const node = this.nodes.get(nodeId);
    if (node === undefined) return;
    this.gone.delete(nodeId);
    this.nodes.delete(nodeId);
    this.events.emit('forgotten', node);
  }

  private save({ nodeId, globalId, functions, association }: E2Node): void {
    const ranFunctions = functions.map(({ ranFunctionId, model }) => ({ ranFunctionId, oid: model.oid }));
    const state = association === undefined ? 'disconnected' : 'connected';
    this.store.saveNode({ nodeId, globalId, ranFunctions, state, changedAtMs: Date.now() }).catch(() => {
      // The store tells of its own trouble, once an episode.
    });
  }
}

function lineOf(node: E2Node): string {
  const { nodeId, transport, peer, profile } = node;
  const where = transport === 'sctp' ? `SCTP from ${peer}` : 'NATS';
  return `${nodeId} connected over ${where} as ${profile.name} with ${offerOf(node)}`;
}

function offerOf({ functions }: E2Node): string {
  return functions.map(({ model }) => model.shortName).join(', ') || 'no RAN function that we know';
}
