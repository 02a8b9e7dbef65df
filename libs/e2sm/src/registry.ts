import { kpm } from './kpm/kpm.js';
import { rc } from './rc/rc.js';
import { ricochet } from './ricochet/ricochet.js';

/** What every service model says of itself. */
export interface ServiceModel {
  readonly shortName: string;
  readonly oid: string;
  /** The RAN function id that our own nodes give it; other nodes choose theirs at set-up. */
  readonly ranFunctionId: number;
}

export const SERVICE_MODELS: readonly ServiceModel[] = [kpm, rc, ricochet];

/** The service model of an OID, `undefined` when it is none of ours. */
export function serviceModelOf(oid: string): ServiceModel | undefined {
  return SERVICE_MODELS.find((model) => model.oid === oid);
}
