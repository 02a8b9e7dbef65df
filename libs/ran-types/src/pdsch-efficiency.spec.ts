import { cqiEfficiency, mcsEfficiency } from './pdsch-efficiency.js';

describe('efficiency of PDSCH', () => {
  it.each([
    ['qam64', 0, 0.2344],
    ['qam64', 9, 1.3262],
    ['qam64', 10, 1.3281],
    ['qam64', 16, 2.5703],
    ['qam64', 17, 2.5664],
    ['qam64', 28, 5.5547],
    ['qam256', 0, 0.2344],
    ['qam256', 5, 1.4766],
    ['qam256', 10, 2.5703],
    ['qam256', 11, 2.7305],
    ['qam256', 19, 5.1152],
    ['qam256', 20, 5.332],
    ['qam256', 27, 7.4063],
    ['qam64LowSE', 0, 0.0586],
    ['qam64LowSE', 14, 1.1758],
    ['qam64LowSE', 28, 4.5234],
  ] as const)('is that of TS 38.214 in table %s at MCS %d', (table, mcs, efficiency) => {
    expect(mcsEfficiency(table, mcs)).toBeCloseTo(efficiency, 3);
  });

  it('is none for an MCS that only retransmits, and for CQI 0', () => {
    expect(mcsEfficiency('qam64', 29)).toBeUndefined();
    expect(mcsEfficiency('qam256', 28)).toBeUndefined();
    expect(cqiEfficiency('qam64', 0)).toBeUndefined();
    expect(cqiEfficiency('qam64', 15)).toBe(5.5547);
    expect(cqiEfficiency('qam256', 15)).toBe(7.4063);
  });
});
