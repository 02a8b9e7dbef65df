import { ccc } from './ccc/ccc.js';
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

export const SERVICE_MODELS: readonly ServiceModel[] = [kpm, rc, ccc, ricochet];

/** Under which other OIDs nodes offer a model: FlexRIC's KPM v3 says so. */
const BY_OTHER_OID: ReadonlyMap<string, ServiceModel> = new Map([['1.3.6.1.4.1.53148.1.3.2.2', kpm]]);

/** The service model of an OID, `undefined` when it is none of ours. */
export function serviceModelOf(oid: string): ServiceModel | undefined {
  return SERVICE_MODELS.find((model) => model.oid === oid) ?? BY_OTHER_OID.get(oid);
}

/** The service model that has this RAN function id by convention, for where no OID is at hand. */
export function serviceModelOfFunction(ranFunctionId: number): ServiceModel | undefined {
  return SERVICE_MODELS.find((model) => model.ranFunctionId === ranFunctionId);
}
