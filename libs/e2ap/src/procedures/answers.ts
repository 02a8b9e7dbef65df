import { type E2apAssociation } from '../association.js';
import { type MessageName, type MessageValue } from '../pdu.js';

/** A message without the transaction id, which its procedure carries over from the request. */
export type WithoutId<N extends MessageName> = Omit<MessageValue<N>, 'transactionId'>;

/** What a request is answered with. `afterwards` is called when that has been sent, to begin what is to follow it. */
export type Decision<N extends MessageName> = WithoutId<N> & Afterwards;

interface Afterwards {
  readonly afterwards?: (() => void) | undefined;
}

interface Answer<S extends MessageName, F extends MessageName> {
  readonly transactionId: number;
  readonly decision: Decision<S> | WithoutId<F>;
  readonly success: S;
  readonly failure: F;
}

/** Answers a global procedure: by its failure message when what was decided has a `cause`. */
export function answer<S extends MessageName, F extends MessageName>(
  association: E2apAssociation,
  { transactionId, decision, success, failure }: Answer<S, F>,
): void {
  const { afterwards, ...value } = decision as Afterwards & object;
  if ('cause' in value) association.send(failure, { transactionId, ...value } as unknown as MessageValue<F>);
  else association.send(success, { transactionId, ...value } as unknown as MessageValue<S>);
  afterwards?.();
}
