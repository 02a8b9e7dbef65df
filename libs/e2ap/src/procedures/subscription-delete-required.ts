import { type E2apAssociation, type MessageHandler } from '../association.js';
import { type MessageValue } from '../pdu.js';

/** A subscription that the node can not keep, and why. */
export type SubscriptionToRemove =
  MessageValue<'RICsubscriptionDeleteRequired'>['ricSubscriptionsToBeRemoved'][number];

const ITEMS_A_MESSAGE = 1_024;

/** RIC Subscription Delete Required (clause 8.2.2A), begun by the node: it asks the RIC to delete; nothing answers it. */
export function requireSubscriptionDelete(
  association: E2apAssociation,
  items: readonly SubscriptionToRemove[],
): void {
  for (let from = 0; from < items.length; from += ITEMS_A_MESSAGE) {
    const ricSubscriptionsToBeRemoved = items.slice(from, from + ITEMS_A_MESSAGE);
    association.send('RICsubscriptionDeleteRequired', { ricSubscriptionsToBeRemoved });
  }
}

/** The RIC's side: `remove` is to delete each of them, by RIC Subscription Delete. */
export function takeSubscriptionDeleteRequired(
  remove: (items: readonly SubscriptionToRemove[], association: E2apAssociation) => void,
): MessageHandler<'RICsubscriptionDeleteRequired'> {
  return ({ ricSubscriptionsToBeRemoved }, association) => remove(ricSubscriptionsToBeRemoved, association);
}
