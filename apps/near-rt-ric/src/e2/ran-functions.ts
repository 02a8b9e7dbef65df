import { type RanFunctionItem } from '@ricochet/e2ap';
import { kpm, rc, ricochet, serviceModelOf } from '@ricochet/e2sm';
import { messageOf } from '@ricochet/platform';
import { type RanFunction } from './e2-node.js';

/** What became of the RAN functions that a node offers. */
export interface RanFunctionsRead {
  readonly known: RanFunction[];
  /** Ids of those whose service model we do not know, or whose definition can not be read. */
  readonly unknown: number[];
  /** A line for each definition that can not be read. */
  readonly faults: string[];
}

/** Reads the RAN functions of an E2 Setup Request or a RIC Service Update. */
export function readRanFunctions(items: readonly RanFunctionItem[]): RanFunctionsRead {
  const read: RanFunctionsRead = { known: [], unknown: [], faults: [] };
  for (const item of items) {
    try {
      const known = readRanFunction(item);
      if (known === undefined) read.unknown.push(item.ranFunctionId);
      else read.known.push(known);
    } catch (error) {
      read.unknown.push(item.ranFunctionId);
      read.faults.push(`RAN function ${item.ranFunctionId} refused: ${messageOf(error)}`);
    }
  }
  return read;
}

function readRanFunction(item: RanFunctionItem): RanFunction | undefined {
  const { ranFunctionId, ranFunctionRevision, ranFunctionOid, ranFunctionDefinition } = item;
  const model = serviceModelOf(ranFunctionOid);
  if (model === undefined) return undefined;
  return {
    ranFunctionId,
    ranFunctionRevision,
    model,
    ...(model.oid === kpm.oid && { kpm: kpm.ranFunctionDefinition.decode(ranFunctionDefinition) }),
    ...(model.oid === rc.oid && { rc: rc.ranFunctionDefinition.decode(ranFunctionDefinition) }),
    ...(model.oid === ricochet.oid && {
      ricochet: ricochet.ranFunctionDefinition.decode(ranFunctionDefinition),
    }),
  };
}
