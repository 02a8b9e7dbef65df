import { Bus } from '@ricochet/bus';
import {
  decodeF1Request,
  E2apAssociation,
  e2apCodecs,
  type ComponentAcknowledgeItem,
  type ComponentConfigurationItem,
  type E2SetupRequest,
  type E2SetupResponse,
  type NodeConfigurationUpdate,
  type RanFunctionItem,
  type RicIndication,
  type Transport,
} from '@ricochet/e2ap';
import { kpm, serviceModelOf } from '@ricochet/e2sm';
import { NatsE2Server, nodeTimers } from '@ricochet/e2-transport';
import { messageOf } from '@ricochet/platform';
import { formatE2NodeId } from '@ricochet/ran-types';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { GLOBAL_RIC_ID, RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { IndicationService } from '../subscriptions/indication.service.js';
import { type E2Node, type RanFunction, type ServedCell } from './e2-node.js';
import { NodeRegistry } from './node-registry.service.js';

const UNKNOWN_NODE = 'a node before its set-up';

/** Where E2 nodes come in: associations, set-up, and the messages that a node begins with. */
@Injectable()
export class E2Termination implements OnApplicationBootstrap, OnApplicationShutdown {
  private server: NatsE2Server | undefined;
  private invalid = 0;
  private lastLine = '';

  constructor(
    private readonly bus: Bus,
    private readonly registry: NodeRegistry,
    private readonly indications: IndicationService,
    private readonly log: OperatorLog,
    @Inject(RIC_CONFIG) private readonly config: RicConfig,
  ) {}

  /** PDUs that could not be used. */
  get invalidPdus(): number {
    return this.invalid;
  }

  onApplicationBootstrap(): void {
    this.server = new NatsE2Server({
      bus: this.bus,
      timers: nodeTimers,
      onAssociation: (transport) => this.accept(transport),
    });
  }

  onApplicationShutdown(): void {
    this.server?.close('the RIC is shutting down');
  }

  private accept(transport: Transport): void {
    let node: E2Node | undefined;
    const association = new E2apAssociation(transport, {
      codec: e2apCodecs[this.config.RICOCHET_E2_CODEC],
      timers: nodeTimers,
      handlers: {
        E2setupRequest: (request) => {
          node = this.setUp(association, request) ?? node;
        },
        RICindication: (indication) => this.indicate(node, indication),
        ResetRequest: ({ transactionId }) => {
          association.send('ResetResponse', { transactionId });
          if (node === undefined) return;
          this.log.warn(`${node.nodeId} has reset: it is subscribed to anew`);
          this.registry.events.emit('reset', node);
        },
        E2nodeConfigurationUpdate: (update) => this.updateConfiguration(association, node, update),
      },
      onClosed: (reason) => {
        if (node !== undefined) this.registry.lost(node, reason);
      },
      onTrouble: (line) => {
        this.invalid += 1;
        this.tell(`${node?.nodeId ?? UNKNOWN_NODE}: ${line}`);
      },
      onIgnored: (line) => this.log.info(`${node?.nodeId ?? UNKNOWN_NODE}: ${line}`),
    });
  }

  /** Warns, but not again and again: nodes that we do not understand come back every second. */
  private tell(line: string): void {
    if (line === this.lastLine && line.startsWith(UNKNOWN_NODE)) return;
    this.lastLine = line;
    this.log.warn(line);
  }

  /** E2 Setup (E2AP clause 8.3.1). A node none of whose RAN functions we know is refused. */
  private setUp(association: E2apAssociation, request: E2SetupRequest): E2Node | undefined {
    const { transactionId, globalE2NodeId } = request;
    const nodeId = formatE2NodeId(globalE2NodeId);
    const functions: RanFunction[] = [];
    const rejected: NonNullable<E2SetupResponse['ranFunctionsRejected']> = [];
    for (const item of request.ranFunctionsAdded) {
      const read = this.readRanFunction(nodeId, item);
      if (read !== undefined) functions.push(read);
      else
        rejected.push({
          ranFunctionId: item.ranFunctionId,
          cause: { ricService: 'ran-function-not-supported' },
        });
    }
    if (functions.length === 0) {
      this.log.warn(`${nodeId} refused: it offers no RAN function that we know`);
      association.send('E2setupFailure', {
        transactionId,
        cause: { ricService: 'ran-function-not-supported' },
        timeToWait: 'v10s',
      });
      return undefined;
    }
    association.send('E2setupResponse', {
      transactionId,
      globalRicId: GLOBAL_RIC_ID,
      ranFunctionsAccepted: request.ranFunctionsAdded
        .filter(({ ranFunctionId }) => functions.some((accepted) => accepted.ranFunctionId === ranFunctionId))
        .map(({ ranFunctionId, ranFunctionRevision }) => ({ ranFunctionId, ranFunctionRevision })),
      ...(rejected.length > 0 && { ranFunctionsRejected: rejected }),
      componentConfigurationAdditionAck: request.componentConfigurationAddition.map(acknowledge),
    });
    const node: E2Node = {
      nodeId,
      globalId: globalE2NodeId,
      functions,
      cell: this.readServedCell(nodeId, request.componentConfigurationAddition),
      association,
      reportedUntilMs: 0,
    };
    this.registry.connected(node);
    return node;
  }

  private readRanFunction(nodeId: string, item: RanFunctionItem): RanFunction | undefined {
    const { ranFunctionId, ranFunctionOid, ranFunctionDefinition } = item;
    const model = serviceModelOf(ranFunctionOid);
    if (model === undefined) return undefined;
    if (model.oid !== kpm.oid) return { ranFunctionId, model };
    try {
      return { ranFunctionId, model, kpm: kpm.ranFunctionDefinition.decode(ranFunctionDefinition) };
    } catch (error) {
      this.log.warn(`${nodeId}: RAN function ${ranFunctionId} refused: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** What F1 tells of the DU's cell; `known` as long as it tells nothing. */
  private readServedCell(
    nodeId: string,
    items: readonly ComponentConfigurationItem[],
    known?: ServedCell,
  ): ServedCell | undefined {
    const f1 = items.find(({ interfaceType }) => interfaceType === 'f1');
    if (f1 === undefined) return known;
    try {
      const told = decodeF1Request(f1.requestPart);
      if ('cells' in told) return known && { ...known, active: told.cells[0]?.active ?? known.active };
      const [cell] = told.servedCells;
      return cell && { active: true, prbs: cell.prbs, slices: cell.sliceSupport };
    } catch (error) {
      this.log.warn(`${nodeId}: ${messageOf(error)}`);
      return known;
    }
  }

  private indicate(node: E2Node | undefined, indication: RicIndication): void {
    try {
      if (node !== undefined) this.indications.handle(node, indication);
    } catch (error) {
      this.invalid += 1;
      this.log.warn(`${node?.nodeId}: indication dropped: ${messageOf(error)}`);
    }
  }

  private updateConfiguration(
    association: E2apAssociation,
    node: E2Node | undefined,
    { transactionId, ...update }: NodeConfigurationUpdate,
  ): void {
    if (node === undefined) {
      const cause = { protocol: 'message-not-compatible-with-receiver-state' } as const;
      association.send('E2nodeConfigurationUpdateFailure', { transactionId, cause });
      return;
    }
    const { componentConfigurationAddition: added = [], componentConfigurationUpdate: updated = [] } = update;
    const removed = update.componentConfigurationRemoval ?? [];
    node.cell = this.readServedCell(node.nodeId, [...added, ...updated], node.cell);
    this.log.info(`${node.nodeId} updated its configuration: cell ${node.cell?.active ? 'on' : 'off'}`);
    association.send('E2nodeConfigurationUpdateAcknowledge', {
      transactionId,
      ...(added.length > 0 && { componentConfigurationAdditionAck: added.map(acknowledge) }),
      ...(updated.length > 0 && { componentConfigurationUpdateAck: updated.map(acknowledge) }),
      ...(removed.length > 0 && { componentConfigurationRemovalAck: removed.map(acknowledge) }),
    });
  }
}

type ComponentKey = Pick<ComponentConfigurationItem, 'interfaceType' | 'componentId'>;

function acknowledge({ interfaceType, componentId }: ComponentKey): ComponentAcknowledgeItem {
  return { interfaceType, componentId, outcome: 'success' };
}
