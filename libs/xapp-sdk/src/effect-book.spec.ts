import { type ControlEffect } from '@ricochet/contracts';
import { EffectBook } from './effect-book.js';

const effectOf = (controlId: string): ControlEffect => {
  return { controlId, nodeId: 'du', kind: 'slice-quota', effective: true, measuredAtMs: 100, shares: [] };
};
const asked = (controlId: string) => ({
  ...{ nodeId: 'du', kind: 'slice-quota' as const },
  acknowledgement: Promise.resolve({ controlId, outcome: 'acknowledged' as const }),
});

describe('EffectBook', () => {
  it('gives an effect to who asked for it, and to who asks later', async () => {
    const book = new EffectBook();
    const waiting = book.of(asked('a'));
    await new Promise(setImmediate);
    book.take(effectOf('a'));
    expect(await Promise.all([waiting, book.of(asked('a'))])).toEqual(Array(2).fill(effectOf('a')));
  });

  it('knows an effect that was faster than the acknowledgement', async () => {
    const book = new EffectBook();
    const waiting = book.of(asked('a'));
    book.take(effectOf('a'));
    expect(await waiting).toEqual(effectOf('a'));
  });

  it('says that nothing was measured when the RIC does not tell, or the xApp ends', async () => {
    const silent = await new EffectBook(1).of(asked('a'));
    expect(silent).toMatchObject({
      effective: false,
      reason: expect.stringMatching(/^not measured: the RIC/),
    });
    const book = new EffectBook();
    const waiting = book.of(asked('a'));
    await new Promise(setImmediate);
    book.close();
    expect(await waiting).toMatchObject({ effective: false, reason: 'not measured: the xApp has ended' });
  });
});
