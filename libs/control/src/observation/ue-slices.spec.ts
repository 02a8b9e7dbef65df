import type { SNssai } from '@ricochet/ran-types';
import { ue as anUe } from './observations.fixture.js';
import { slicesOf } from './ue-slices.js';

const ue = (snssai: SNssai) => anUe('eMBB', { snssai });

describe('slicesOf', () => {
  it('numbers slices in the order of their first UE, however each UE tells its own', () => {
    const sst = { sst: 2 };
    const ues = [
      ue(sst),
      ue(sst),
      ue({ sst: 1, sd: '00000a' }),
      ue({ sst: 2 }),
      ue({ sst: 1, sd: '00000A' }),
    ];
    expect(slicesOf(ues)).toEqual({
      sliceOf: [0, 0, 1, 0, 1],
      snssais: [{ sst: 2 }, { sst: 1, sd: '00000a' }],
    });
    expect(slicesOf([])).toEqual({ sliceOf: [], snssais: [] });
  });
});
