import { type E2apAssociation } from '@ricochet/e2ap';
import { type KpmRanFunctionDefinition, type ServiceModel } from '@ricochet/e2sm';
import { type GlobalE2NodeId, type SNssai } from '@ricochet/ran-types';

/** A RAN function that a node offers and we know the service model of. */
export interface RanFunction {
  readonly ranFunctionId: number;
  readonly model: ServiceModel;
  /** For KPM alone: what can be measured. */
  readonly kpm?: KpmRanFunctionDefinition | undefined;
}

/** What the node told of the cell that its DU serves. */
export interface ServedCell {
  readonly active: boolean;
  readonly prbs: number;
  readonly slices: readonly SNssai[];
}

/** An E2 node as the RIC knows it, connected or not. */
export interface E2Node {
  readonly nodeId: string;
  readonly globalId: GlobalE2NodeId;
  functions: readonly RanFunction[];
  /** `undefined` when the node did not tell, or not in a form that we read. */
  cell: ServedCell | undefined;
  /** `undefined` while the node is not connected. */
  association: E2apAssociation | undefined;
  /** End of the latest report, simulation time. */
  reportedUntilMs: number;
}

/** The RAN function of a service model, if the node offers it. */
export function ranFunctionOf(node: E2Node, model: ServiceModel): RanFunction | undefined {
  return node.functions.find((candidate) => candidate.model.oid === model.oid);
}
