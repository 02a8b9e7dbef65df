import {
  answerE2Setup,
  BoundedLines,
  E2apAssociation,
  profiles,
  tellProfile,
  type E2apCodec,
  type E2SetupRequest,
  type MessageHandlers,
  type PeerProfile,
  type RicIndication,
  type Timers,
  type Transport,
} from '@ricochet/e2ap';
import { messageOf } from '@ricochet/platform';
import { formatE2NodeId } from '@ricochet/ran-types';
import { GLOBAL_RIC_ID } from '../ric.config.js';
import { type OperatorLog } from '../status/operator-log.service.js';
import { type IndicationService } from '../subscriptions/indication.service.js';
import { type E2Node, type E2Peer } from './e2-node.js';
import { acknowledge, readServedCell } from './node-configuration.js';
import { nodeBegunProcedures } from './node-begun-procedures.js';
import { type NodeRegistry } from './node-registry.service.js';
import { profileGivenFor, type PeerProfiles } from './peer-profiles.js';
import { acceptanceOf, readRanFunctions } from './ran-functions.js';
import { type RefusedPdus } from './refused-pdus.js';
import { nameOfPeer, type Strangers } from './strangers.js';

/** For how long a peer may stay without an E2 Setup. */
const SET_UP_WITHIN_MS = 10_000;
/** A node sets up once, or again when it begins anew on the association that it has. */
const MAX_SET_UPS = 100;
/** A node begins a few procedures a minute; who sends so many PDUs that nobody asked for floods us. */
const MAX_UNASKED_PER_S = 1_000;

/** What all associations have in common. */
export interface AssociationServices {
  readonly registry: NodeRegistry;
  readonly indications: IndicationService;
  readonly refusedPdus: RefusedPdus;
  readonly strangers: Strangers;
  readonly log: OperatorLog;
  readonly timers: Timers;
  readonly codec: E2apCodec;
  readonly profiles: PeerProfiles;
  /** A message came that can not be used. */
  readonly onInvalid: () => void;
}

type SetUpAnswer = ReturnType<Parameters<typeof answerE2Setup>[0]>;

/** One association with a peer, which is a node from its E2 Setup on. Whatever it sends costs that message alone. */
export class NodeAssociation {
  private node: E2Node | undefined;
  private refusedBeforeSetUp = 0;
  private setUps = 0;
  private readonly lines: BoundedLines;
  private readonly association: E2apAssociation;
  private readonly stopWaiting: () => void;

  constructor(
    transport: Transport,
    private readonly peer: E2Peer,
    private readonly services: AssociationServices,
  ) {
    const { timers, codec, log } = services;
    this.lines = new BoundedLines(timers, (line) => log.warn(line));
    const handlers: MessageHandlers = {
      E2setupRequest: answerE2Setup((request, _, criticalities) =>
        this.setUp(request, this.profileOf(request, criticalities)),
      ),
      RICindication: (indication) => this.indicate(indication),
      ...nodeBegunProcedures(services.registry, () => this.node),
    };
    this.association = new E2apAssociation(transport, {
      codec,
      timers,
      handlers: this.guarded(handlers),
      onClosed: (reason) => this.closed(reason),
      onTrouble: (line) => this.invalid(line),
      onIgnored: (line) => this.tell(line),
      onRefused: (refused) => this.keep(refused),
      maxUnaskedPerS: MAX_UNASKED_PER_S,
    });
    this.stopWaiting = timers.after(SET_UP_WITHIN_MS, () =>
      this.association.close(`no E2 Setup within ${SET_UP_WITHIN_MS} ms`),
    );
  }

  /** E2 Setup (E2AP clause 8.3.1), the first or another. A node none of whose RAN functions we know is refused. */
  private setUp(request: E2SetupRequest, profile: PeerProfile): SetUpAnswer {
    const { globalE2NodeId, ranFunctionsAdded, componentConfigurationAddition } = request;
    this.association.profile = profile;
    this.setUps += 1;
    if (this.setUps > MAX_SET_UPS) {
      this.association.close(`more than ${MAX_SET_UPS} E2 Setups over one association`);
      return { cause: { misc: 'unspecified' } };
    }
    const nodeId = formatE2NodeId(globalE2NodeId);
    const functions = readRanFunctions(ranFunctionsAdded);
    const { known } = functions;
    if (known.length === 0 && !profile.neverSend.has('E2setupFailure')) {
      this.services.strangers.refuse(this.peer, nodeId, 'it offers no RAN function that we know');
      return { cause: { ricService: 'ran-function-not-supported' }, timeToWait: 'v10s' };
    }
    if (!this.services.registry.hasRoomFor(nodeId)) {
      this.services.strangers.refuse(this.peer, nodeId, 'no more nodes can be known');
      return { cause: { ricService: 'ric-resource-limit' }, timeToWait: 'v60s' };
    }
    const node: E2Node = {
      nodeId,
      globalId: globalE2NodeId,
      ...this.peer,
      profile,
      functions: known,
      cell: undefined,
      association: this.association,
      refusedPdus: 0,
      indications: 0,
      reportedUntilMs: 0,
      tell: (line) => this.lines.tell(`${nodeId}: ${line}`),
    };
    try {
      node.cell = readServedCell(componentConfigurationAddition);
    } catch (error) {
      node.tell(messageOf(error));
    }
    for (const { fault } of known) if (fault !== undefined) node.tell(fault);
    return {
      globalRicId: GLOBAL_RIC_ID,
      ...acceptanceOf(functions),
      componentConfigurationAdditionAck: componentConfigurationAddition.map(acknowledge),
      afterwards: () => this.isSetUp(node),
    };
  }

  /** As configured for the node, or else as its set-up tells. */
  private profileOf(request: E2SetupRequest, criticalities: Parameters<typeof tellProfile>[1]): PeerProfile {
    const given = profileGivenFor(formatE2NodeId(request.globalE2NodeId), this.services.profiles);
    return given === undefined ? tellProfile(request, criticalities) : profiles[given];
  }

  private isSetUp(node: E2Node): void {
    const { registry } = this.services;
    this.stopWaiting();
    if (this.node !== undefined && this.node.nodeId !== node.nodeId) {
      registry.lost(this.node, `its association has set up as ${node.nodeId}`);
    }
    this.node = node;
    node.refusedPdus = this.refusedBeforeSetUp;
    this.refusedBeforeSetUp = 0;
    registry.connected(node);
  }

  private indicate(indication: RicIndication): void {
    const { node } = this;
    if (node === undefined) return this.association.countUnasked();
    node.indications += 1;
    try {
      this.services.indications.handle(node, indication);
    } finally {
      this.services.registry.events.emit('indicated', node);
    }
  }

  private keep({ octets, reason }: { readonly octets: Uint8Array; readonly reason: string }): void {
    const { node } = this;
    if (node === undefined) this.refusedBeforeSetUp += 1;
    else node.refusedPdus += 1;
    this.services.refusedPdus.keep({ from: node?.nodeId ?? nameOfPeer(this.peer), reason, octets });
  }

  private closed(reason: string): void {
    this.stopWaiting();
    try {
      if (this.node === undefined) this.tell(`closed before its E2 Setup: ${reason}`);
      else this.services.registry.lost(this.node, reason);
    } catch (error) {
      this.invalid(`after the close: ${messageOf(error)}`);
    }
    this.lines.flush();
  }

  /** What a handler throws costs the message that it handles. */
  private guarded(handlers: MessageHandlers): MessageHandlers {
    const guard = ([name, handler]: [string, (...message: never[]) => void]) => [
      name,
      (...message: never[]): void => {
        try {
          handler(...message);
        } catch (error) {
          this.invalid(`${name} dropped: ${messageOf(error)}`);
        }
      },
    ];
    return Object.fromEntries(Object.entries(handlers).map(guard)) as MessageHandlers;
  }

  private invalid(line: string): void {
    this.services.onInvalid();
    this.tell(line);
  }

  private tell(line: string): void {
    if (this.node === undefined) this.services.strangers.tell(this.peer, line);
    else this.node.tell(line);
  }
}
