import { type E2apAssociation, type MessageHandlers } from '@ricochet/e2ap';
import { afterSetUp } from './after-set-up.js';

describe('messages around a set-up', () => {
  const association = {} as E2apAssociation;
  const reset = (transactionId: number) => ({ transactionId, cause: { misc: 'unspecified' as const } });
  let handled: number[];
  let isSetUp: boolean;
  let tellSetUp: () => void;
  let handlers: MessageHandlers;

  beforeEach(() => {
    handled = [];
    isSetUp = false;
    handlers = afterSetUp(
      { ResetRequest: ({ transactionId }) => handled.push(transactionId) },
      { isSetUp: () => isSetUp, setUp: new Promise((resolve) => (tellSetUp = resolve)) },
    );
  });

  it('wait for it, and keep their order', async () => {
    handlers.ResetRequest?.(reset(1), association);
    handlers.ResetRequest?.(reset(2), association);
    expect(handled).toEqual([]);
    isSetUp = true;
    tellSetUp();
    await Promise.resolve();
    expect(handled).toEqual([1, 2]);
  });

  it('are handled at once when it is over', () => {
    isSetUp = true;
    handlers.ResetRequest?.(reset(1), association);
    expect(handled).toEqual([1]);
    expect(handlers.ErrorIndication).toBeUndefined();
  });
});
