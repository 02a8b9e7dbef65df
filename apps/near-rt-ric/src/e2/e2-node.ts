import { type E2apAssociation, type PeerProfile } from '@ricochet/e2ap';
import {
  type KpmRanFunctionDefinition,
  type RcRanFunctionDefinition,
  type ServiceModel,
  type UeId,
  type UeWeightsRanFunctionDefinition,
} from '@ricochet/e2sm';
import { type GlobalE2NodeId, type SNssai } from '@ricochet/ran-types';

/** A RAN function that a node offers and we know the service model of. */
export interface RanFunction {
  readonly ranFunctionId: number;
  readonly ranFunctionRevision: number;
  readonly model: ServiceModel;
  /** Why the definition can not be read, in words: nothing can be asked of such a function. */
  readonly fault?: string;
  /** The definition, under the name of its model. */
  readonly kpm?: KpmRanFunctionDefinition | undefined;
  readonly rc?: RcRanFunctionDefinition | undefined;
  readonly ricochet?: UeWeightsRanFunctionDefinition | undefined;
}

/** What the node told of the cell that its DU serves. */
export interface ServedCell {
  readonly active: boolean;
  readonly prbs: number;
  readonly slices: readonly SNssai[];
}

/** Who is at the other end of an association. */
export interface E2Peer {
  readonly transport: 'nats' | 'sctp';
  /** Address and port; over NATS the name of the association. */
  readonly peer: string;
}

/** An E2 node as the RIC knows it, connected or not; anew with each E2 Setup. */
export interface E2Node extends E2Peer {
  readonly nodeId: string;
  readonly globalId: GlobalE2NodeId;
  /** How it is spoken to. */
  readonly profile: PeerProfile;
  functions: readonly RanFunction[];
  /** `undefined` when the node did not tell, or not in a form that we read. */
  cell: ServedCell | undefined;
  /** `undefined` while the node is not connected. */
  association: E2apAssociation | undefined;
  /** PDUs that could not be read, in all its lives. */
  refusedPdus: number;
  /** Indications that came since its set-up, whatever became of them. */
  indications: number;
  /** End of the latest report, simulation time. */
  reportedUntilMs: number;
  /** A UE of the latest UE-level report that had one. */
  reportedUe?: UeId | undefined;
  /** One line about it into the operator's log, behind its id; at most about ten a second. */
  readonly tell: (line: string) => void;
}

/** The RAN function of a service model, if the node offers it. */
export function ranFunctionOf(node: E2Node, model: ServiceModel): RanFunction | undefined {
  return node.functions.find((candidate) => candidate.model.oid === model.oid);
}
