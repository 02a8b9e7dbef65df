import {
  answerControl,
  answerReset,
  aperCodec,
  E2apAssociation,
  encodeF1Setup,
  inMemoryTransports,
  requestE2Setup,
  type E2apPdu,
  type E2SetupResponse,
  type MessageName,
  type MessageValue,
  type RanFunctionItem,
  type RicControlRequest,
  type RicSubscriptionRequest,
  type Transport,
} from '@ricochet/e2ap';
import { formatE2NodeId, type GnbNodeId } from '@ricochet/ran-types';
import { type E2Node } from './e2/e2-node.js';
import { type FakeRic } from './fake-ric.fixture.js';
import { delivered, ManualTimers } from './manual-timers.fixture.js';
import { kpmFunction } from './ran-functions.fixture.js';

const plmn = { mcc: '001', mnc: '01' };
const SLICES = [{ sst: 1 }];

/** The node's end: sets up, admits what it is asked for, unless told otherwise. */
export class FakeNode {
  /** RIC request instance ids that were asked for, and given up, in order. */
  readonly log: string[] = [];
  readonly requests: RicSubscriptionRequest[] = [];
  readonly controls: RicControlRequest[] = [];
  readonly errors: MessageValue<'ErrorIndication'>[] = [];
  readonly closed: string[] = [];
  answers: 'admit' | 'refuse' | 'nothing' = 'admit';
  functions: RanFunctionItem[] = [kpmFunction()];
  readonly globalId: GnbNodeId;
  readonly nodeId: string;
  readonly timers = new ManualTimers();
  private end: { readonly transport: Transport; readonly association: E2apAssociation } | undefined;

  constructor(id: number | GnbNodeId = 1) {
    this.globalId = typeof id === 'number' ? { plmn, gnbId: 1, gnbDuId: id } : id;
    this.nodeId = formatE2NodeId(this.globalId);
  }

  get association(): E2apAssociation {
    if (this.end === undefined) throw new Error(`${this.nodeId} has never been connected`);
    return this.end.association;
  }

  /** Opens an association and sets up; the RIC's view of it. */
  async connect(ric: FakeRic): Promise<E2Node> {
    this.open(ric);
    await this.setUp();
    await delivered();
    const node = ric.registry.find(this.nodeId);
    if (node === undefined) throw new Error(`${this.nodeId} is not known`);
    return node;
  }

  /** Opens an association, and no more. */
  open(ric: FakeRic): void {
    const [ricEnd, transport] = inMemoryTransports();
    ric.termination.accept(ricEnd, { transport: 'nats', peer: `test-${ric.peers++}` });
    const association = new E2apAssociation(transport, {
      codec: aperCodec,
      timers: this.timers,
      onTrouble: () => undefined,
      onClosed: (reason) => this.closed.push(reason),
      handlers: {
        RICsubscriptionRequest: (request) => this.subscribe(request),
        RICsubscriptionDeleteRequest: ({ ricRequestId, ranFunctionId }) => {
          this.log.push(`delete ${ricRequestId.instanceId}`);
          if (this.answers === 'nothing') return;
          association.send('RICsubscriptionDeleteResponse', { ricRequestId, ranFunctionId });
        },
        RICcontrolRequest: answerControl((request) => {
          this.controls.push(request);
          return this.answers === 'nothing' ? undefined : {};
        }),
        RICserviceQuery: () => this.log.push('query'),
        ResetRequest: answerReset(() => this.log.push('reset')),
        ErrorIndication: (error) => this.errors.push(error),
      },
    });
    this.end = { transport, association };
  }

  /** E2 Setup over the association that is open. */
  async setUp(globalE2NodeId = this.globalId): Promise<E2SetupResponse> {
    const served = { nrCgi: { plmn, nci: 1 }, prbs: 100, sliceSupport: SLICES };
    const gnbDuId = this.globalId.gnbDuId ?? 0;
    return requestE2Setup(this.association, {
      globalE2NodeId,
      ranFunctionsAdded: this.functions,
      componentConfigurationAddition: [
        {
          interfaceType: 'f1',
          componentId: { f1: { gnbDuId } },
          ...encodeF1Setup({ gnbDuId, servedCells: [served] }),
        },
      ],
    });
  }

  disconnect(): void {
    this.association.close('the test says so');
  }

  send<N extends MessageName>(message: N, value: MessageValue<N>): void {
    this.sendOctets(aperCodec.encode({ message, value } as E2apPdu));
  }

  /** Whatever they are. */
  sendOctets(octets: Uint8Array): void {
    this.end?.transport.send(octets);
  }

  /** Answers a request that was left unanswered. */
  admit({ ricRequestId, ranFunctionId }: RicSubscriptionRequest): void {
    this.association.send('RICsubscriptionResponse', {
      ricRequestId,
      ranFunctionId,
      ricActionsAdmitted: [1],
    });
  }

  private subscribe(request: RicSubscriptionRequest): void {
    const { ricRequestId, ranFunctionId } = request;
    this.requests.push(request);
    this.log.push(`subscribe ${ricRequestId.instanceId}`);
    if (this.answers === 'admit') this.admit(request);
    if (this.answers === 'refuse') {
      const cause = { ricRequest: 'function-resource-limit' } as const;
      this.association.send('RICsubscriptionFailure', { ricRequestId, ranFunctionId, cause });
    }
  }
}
