import { formatSNssai, isSameSNssai, type SNssai } from '@ricochet/ran-types';
import { listed } from '../common/words.js';
import { type UeWeightsRanFunctionDefinition } from './ricochet.js';

/**
 * Why a node's RAN function definition does not allow UE weights in these slices, as words to follow the node's name.
 * @returns `undefined` when it is allowed
 */
export function ricochetControlFault(
  definition: UeWeightsRanFunctionDefinition,
  slices: readonly SNssai[],
): string | undefined {
  const unknown = slices.filter(
    (slice) => !definition.slices.some((offered) => isSameSNssai(offered, slice)),
  );
  if (unknown.length === 0) return undefined;
  const [asked, offered] = [unknown, definition.slices].map((some) => listed(some.map(formatSNssai)));
  return `takes no UE weights in slice ${asked} (it offers ${offered})`;
}
