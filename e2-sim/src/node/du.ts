import { type RadioNetwork } from '@ricochet/radio';
import { type GnbNodeId } from '@ricochet/ran-types';
import { type UeIds } from './ue-ids.js';

/** A simulated DU, for whose cell a node speaks. */
export interface Du {
  readonly globalId: GnbNodeId;
  readonly cell: number;
  readonly radio: RadioNetwork;
  readonly ueIds: UeIds;
  /** Its report periods begin so long after their multiples, ms of simulation time. */
  readonly reportOffsetMs: number;
}
