import { NODE_COLUMNS, SLICE_COLUMNS, type Frame, type SliceColumn } from '../../../src/feed/frame.js';
import { mbps, usedPercent, valueAt } from './figures.js';
import { clock, figure } from './format.js';

const row = (slice: Partial<Record<SliceColumn, number | null>>) => [
  ...NODE_COLUMNS.map((column) => (column === 'prbAvailable' ? 100 : 1)),
  ...SLICE_COLUMNS.map((column) => slice[column] ?? null),
];

const frame = {
  nodes: [
    row({ prbUsed: 20, offeredKbit: 500, deliveredKbit: 300, delayMeanMs: 4, delayP99Ms: 8, slaMet: 1 }),
    row({ prbUsed: 60, offeredKbit: 700, deliveredKbit: 100, delayMeanMs: 20, delayP99Ms: 90, slaMet: 0 }),
    row({ prbUsed: 0 }),
  ],
} as unknown as Frame;

describe('figures', () => {
  it('are those of one DU', () => {
    const place = { node: 1, slice: 0 };
    expect(usedPercent(frame, place)).toBe(60);
    expect(mbps(frame, place, 'offeredKbit')).toBe(7);
    expect(valueAt(frame, { node: 2, slice: 0 }, 'delayP99Ms')).toBeNull();
    expect(valueAt(frame, { node: 9, slice: 0 }, 'slaMet')).toBeNull();
  });

  it('sum rates over all DUs, weigh delays by what was delivered, and show the worst percentile', () => {
    const place = { node: null, slice: 0 };
    expect(mbps(frame, place, 'offeredKbit')).toBe(12);
    expect(usedPercent(frame, place)).toBeCloseTo(80 / 3);
    expect(valueAt(frame, place, 'delayMeanMs')).toBe(8);
    expect(valueAt(frame, place, 'delayP99Ms')).toBe(90);
    expect(valueAt(frame, place, 'slaMet')).toBe(0.5);
    expect(valueAt(frame, place, 'qos')).toBeNull();
  });

  it('are written with the digits that they are worth', () => {
    expect([123.4, 12.34, 1.234, null, undefined].map((value) => figure(value))).toEqual([
      '123',
      '12.3',
      '1.23',
      '–',
      '–',
    ]);
    expect([0, 83_400, 3_723_400].map(clock)).toEqual(['0:00.0', '1:23.4', '1:02:03.4']);
  });
});
