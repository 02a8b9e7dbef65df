import {
  type E2SetupRequest,
  type MessageHandlers,
  type PeerProfile,
  type RicControlRequest,
  type RicSubscriptionRequest,
} from '@ricochet/e2ap';
import { type ControlRejected, type SubscriptionAnswer } from '@ricochet/e2-node';
import { type GnbNodeId } from '@ricochet/ran-types';
import { type PreparedControl } from '../control-executor.js';
import { type Du } from '../du.js';
import { type KpmManner } from '../kpm-manner.js';

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
