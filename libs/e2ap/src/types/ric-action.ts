import { enumerated, ie, ieList, type Infer, integer, mapped, optional, sequence } from '@ricochet/asn1';
import { cause } from './cause.js';
import { octets, ricActionId } from './ids.js';

export const ricActionType = enumerated(['report', 'insert', 'policy'], { extensions: [] });

/** Where an action stands among those of one trigger; since v3.00. */
export const ricActionExecutionOrder = integer({ min: 0, max: 255, extensible: true });

export const ricTimeToWait = enumerated(
  [
    ...['w1ms', 'w2ms', 'w5ms', 'w10ms', 'w20ms', 'w30ms', 'w40ms', 'w50ms', 'w100ms', 'w200ms'],
    ...['w500ms', 'w1s', 'w2s', 'w5s', 'w10s', 'w20s', 'w60s'],
  ] as const,
  { extensions: [] },
);

/** What the node does after an insert (clause 9.2.12). */
export const ricSubsequentAction = sequence(
  { ricSubsequentActionType: enumerated(['continue', 'wait'], { extensions: [] }), ricTimeToWait },
  {},
);

const ricAction = sequence(
  {
    ricActionId,
    ricActionType,
    ricActionDefinition: optional(octets),
    ricSubsequentAction: optional(ricSubsequentAction),
  },
  { ricActionExecutionOrder: optional(ricActionExecutionOrder) },
);
export type RicAction = Infer<typeof ricAction>;

export const ricActionsToBeSetup = ieList(ie(19, 'ignore', ricAction), { min: 1, max: 16 });

/** Actions by their ids, as items of the IE `id`. */
export function actionIds(id: number, { min }: { min: number }) {
  const item = mapped(sequence({ ricActionId }, {}), {
    fromWire: (wire) => wire.ricActionId,
    toWire: (value) => ({ ricActionId: value }),
  });
  return ieList(ie(id, 'ignore', item), { min, max: 16 });
}

/** Actions that are not to be had and why, as items of the IE `id`. */
export const actionsWithCause = (id: number) =>
  ieList(ie(id, 'ignore', sequence({ ricActionId, cause }, {})), { min: 0, max: 16 });
