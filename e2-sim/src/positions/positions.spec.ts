import { simulationPositions } from '@ricochet/contracts';
import { RadioNetwork, resolveRadioConfig } from '@ricochet/radio';
import { positionsOf } from './positions.js';
import { tellPositions } from './tell-positions.js';

const radio = new RadioNetwork(resolveRadioConfig({ cells: 3, uesPerCell: 10, spareUesPerCell: 2 }), 1);
const positions = () => positionsOf(radio, { runId: 'r', nodeIds: ['a', 'b', 'c'] });

describe('positionsOf', () => {
  it('tells where cells and connected UEs are, and fits its contract', () => {
    const { xM, yM, cell, sst, siteXM, siteYM, ueIds, interSiteDistanceM } = simulationPositions.schema.parse(
      JSON.parse(JSON.stringify(positions())),
    );
    expect(siteXM).toHaveLength(3);
    expect(ueIds).toHaveLength(30);
    expect(new Set(ueIds).size).toBe(30);
    expect(new Set(sst)).toEqual(new Set([1, 2, 3]));
    for (const [i, at] of cell.entries()) {
      const distanceM = Math.hypot(
        (xM[i] as number) - (siteXM[at] as number),
        (yM[i] as number) - (siteYM[at] as number),
      );
      expect(distanceM).toBeLessThan(interSiteDistanceM * 0.6);
    }
  });
});

describe('tellPositions', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('tells while somebody wants them, and is silent otherwise', () => {
    let told = 0;
    let want = (): void => undefined;
    tellPositions(
      {
        subscribe: (_, handler) => {
          want = () => handler({} as never, '');
          return () => undefined;
        },
        publish: () => void (told += 1),
      },
      { positions },
    );
    jest.advanceTimersByTime(60_000);
    expect(told).toBe(0);
    want();
    jest.advanceTimersByTime(2_000);
    want();
    expect(told).toBe(5);
    jest.advanceTimersByTime(60_000);
    expect(told).toBe(15);
  });
});
