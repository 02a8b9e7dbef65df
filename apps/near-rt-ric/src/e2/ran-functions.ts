import { type RanFunctionItem } from '@ricochet/e2ap';
import { kpm, rc, ricochet, serviceModelOf } from '@ricochet/e2sm';
import { messageOf } from '@ricochet/platform';
import { type RanFunction } from './e2-node.js';

/** What became of the RAN functions that a node offers. */
export interface RanFunctionsRead {
  readonly known: RanFunction[];
  /** Ids of those whose service model we do not know. */
  readonly unknown: number[];
}

/** Reads the RAN functions of an E2 Setup Request or a RIC Service Update. */
export function readRanFunctions(items: readonly RanFunctionItem[]): RanFunctionsRead {
  const read: RanFunctionsRead = { known: [], unknown: [] };
  for (const item of items) {
    const known = readRanFunction(item);
    if (known === undefined) read.unknown.push(item.ranFunctionId);
    else read.known.push(known);
  }
  return read;
}

/** The lists that answer it. */
export function acceptanceOf({ known, unknown }: RanFunctionsRead) {
  return {
    ...(known.length > 0 && {
      ranFunctionsAccepted: known.map(({ ranFunctionId, ranFunctionRevision }) => ({
        ranFunctionId,
        ranFunctionRevision,
      })),
    }),
    ...(unknown.length > 0 && {
      ranFunctionsRejected: unknown.map((ranFunctionId) => ({
        ranFunctionId,
        cause: { ricService: 'ran-function-not-supported' as const },
      })),
    }),
  };
}

/** `undefined` when we do not know its service model. */
function readRanFunction(item: RanFunctionItem): RanFunction | undefined {
  const { ranFunctionId, ranFunctionRevision, ranFunctionOid, ranFunctionDefinition } = item;
  const model = serviceModelOf(ranFunctionOid);
  if (model === undefined) return undefined;
  const offered = { ranFunctionId, ranFunctionRevision, model };
  try {
    return {
      ...offered,
      ...(model.oid === kpm.oid && { kpm: kpm.ranFunctionDefinition.decode(ranFunctionDefinition) }),
      ...(model.oid === rc.oid && { rc: rc.ranFunctionDefinition.decode(ranFunctionDefinition) }),
      ...(model.oid === ricochet.oid && {
        ricochet: ricochet.ranFunctionDefinition.decode(ranFunctionDefinition),
      }),
    };
  } catch (error) {
    return { ...offered, fault: `its RAN function definition can not be read: ${messageOf(error)}` };
  }
}
