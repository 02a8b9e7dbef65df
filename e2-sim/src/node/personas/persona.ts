import {
  type E2SetupRequest,
  type MessageHandlers,
  type PeerProfile,
  type RicControlRequest,
  type RicSubscriptionRequest,
} from '@ricochet/e2ap';
import { type KpmActionDefinition, type KpmDialect } from '@ricochet/e2sm';
import { type KpiWindow, type RadioNetwork } from '@ricochet/radio';
import { type GnbNodeId } from '@ricochet/ran-types';
import { type ControlRejected, type PreparedControl } from '../control-executor.js';
import { type SubscriptionAnswer } from '../node-subscriptions.js';

/** A simulated DU, for whose cell a node speaks. */
export interface Du {
  readonly globalId: GnbNodeId;
  readonly cell: number;
  readonly radio: RadioNetwork;
}

/** Encodes the report of one action over a closed period; `undefined` when there is nothing to send for it. */
export type ReportEncoder = (window: KpiWindow) => Uint8Array | undefined;

/** How a kind of node reports by KPM. */
export interface KpmManner {
  /** The one form in which it reads action definitions; any when left out. */
  readonly dialect?: KpmDialect;
  /** Indications carry a sequence number and a RIC call process id. */
  readonly isNumbered: boolean;
  /** @throws E2smError naming the measurement, label or condition that the node can not report */
  compile(du: Du, action: KpmActionDefinition): ReportEncoder;
  /** @param startMs of the reported period, simulation time */
  header(startMs: number): Uint8Array;
}

/** What a persona's handlers act on. */
export interface PersonaNode {
  readonly du: Du;
  subscribe(request: RicSubscriptionRequest): SubscriptionAnswer;
  /** False when there is no such subscription. */
  unsubscribe(ricRequestId: RicSubscriptionRequest['ricRequestId']): boolean;
  forgetSubscriptions(): void;
  /** Executes what `prepare` makes of the request, now or at the end of the lockstep period. */
  control(request: RicControlRequest, prepare: () => PreparedControl): PreparedControl | ControlRejected;
  /** Whether the E2 Setup Response listed the RAN function as accepted. */
  isAccepted(ranFunctionId: number): boolean;
  warn(line: string): void;
  /** Ends the association as the end of the node's process would. */
  die(cause: string): void;
  /** How long it stays away after the association's end. */
  stayAway(forMs: number): void;
}

/** How a kind of node behaves on E2: what it offers, admits, refuses, passes over and dies of. */
export interface Persona {
  readonly profile: PeerProfile;
  /** It begins Reset and E2 Node Configuration Update. */
  readonly beginsProcedures: boolean;
  /** It lives on when it gets octets that are no E2AP. */
  readonly survivesGarbage: boolean;
  readonly kpm: KpmManner;
  /** The id under which it speaks for a simulated DU. */
  globalId(du: GnbNodeId): GnbNodeId;
  setup(du: Du): Omit<E2SetupRequest, 'transactionId'>;
  handlers(node: PersonaNode): MessageHandlers;
}
