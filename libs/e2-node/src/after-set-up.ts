import { type MessageHandlers } from '@ricochet/e2ap';

/**
 * Handlers for a node whose E2 Setup is under way: what comes in one read with the E2 Setup Response is handled once that
 * has been, in its order.
 */
export function afterSetUp(
  handlers: MessageHandlers,
  { isSetUp, setUp }: { readonly isSetUp: () => boolean; readonly setUp: Promise<void> },
): MessageHandlers {
  const held = ([name, handler]: [string, (...message: never[]) => void]) => [
    name,
    (...message: never[]): void => {
      if (isSetUp()) handler(...message);
      else void setUp.then(() => handler(...message));
    },
  ];
  return Object.fromEntries(Object.entries(handlers).map(held)) as MessageHandlers;
}
