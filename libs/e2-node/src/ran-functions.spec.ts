import { type RanFunctionItem } from '@ricochet/e2ap';
import { changesSince } from './ran-functions.js';

describe('changesSince', () => {
  const item = (ranFunctionId: number, ranFunctionRevision = 1): RanFunctionItem => ({
    ranFunctionId,
    ranFunctionRevision,
    ranFunctionOid: '1.3',
    ranFunctionDefinition: new Uint8Array(),
  });

  it('tells functions that came, changed and went', () => {
    const known = [item(1), item(2, 7), item(3)];
    expect(changesSince(known, [item(1), item(2), item(4)])).toEqual({
      ranFunctionsAdded: [item(4)],
      ranFunctionsModified: [item(2)],
      ranFunctionsDeleted: [{ ranFunctionId: 3, ranFunctionRevision: 1 }],
    });
  });

  it('tells nothing when nothing changed', () => {
    expect(changesSince([item(1)], [item(1)])).toEqual({});
  });
});
