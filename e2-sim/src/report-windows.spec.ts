import { RadioNetwork, resolveRadioConfig } from '@ricochet/radio';
import { BASE_PERIOD_MS, type DueWindow, ReportWindows } from './report-windows.js';

function setUp() {
  const radio = new RadioNetwork(resolveRadioConfig({ cells: 1, uesPerCell: 6 }), 1);
  const windows = new ReportWindows(radio);
  /** Goes on to a time; gives, by time, the periods that had a report to give. */
  const runTo = (timeMs: number) => {
    const due: [number, number[]][] = [];
    while (radio.timeMs < timeMs) {
      radio.advance(BASE_PERIOD_MS);
      const periods = windows.roll().map(({ periodMs }) => periodMs);
      if (periods.length > 0) due.push([radio.timeMs, periods]);
    }
    return due;
  };
  return { radio, windows, runTo };
}

describe('ReportWindows', () => {
  it('gives each period at its multiples alone', () => {
    const { windows, runTo } = setUp();
    windows.ensure({ periodMs: 20, phaseMs: 0 });
    windows.ensure({ periodMs: 30, phaseMs: 0 });
    expect(runTo(60)).toEqual([
      [20, [20]],
      [30, [30]],
      [40, [20]],
      [60, [20, 30]],
    ]);
  });

  it('begins a period that is asked for in its middle at its next multiple', () => {
    const { windows, runTo } = setUp();
    runTo(30);
    windows.ensure({ periodMs: 100, phaseMs: 0 });
    expect(runTo(190)).toEqual([]);
    expect(runTo(200)).toEqual([[200, [100]]]);
  });

  it('gives nothing of a period that is asked for as it begins, before those that end then are closed', () => {
    const { radio, windows, runTo } = setUp();
    radio.advance(BASE_PERIOD_MS);
    windows.ensure({ periodMs: 100, phaseMs: 10 });
    windows.ensure({ periodMs: 10, phaseMs: 0 });
    expect(windows.roll()).toEqual([]);
    expect(runTo(20)).toEqual([[20, [10]]]);
    expect(runTo(110).at(-1)).toEqual([110, [100, 10]]);
  });

  it('ends the periods of nodes that are out of phase at times of their own', () => {
    const { windows, runTo } = setUp();
    windows.ensure({ periodMs: 50, phaseMs: 20 });
    windows.ensure({ periodMs: 50, phaseMs: 0 });
    expect(runTo(120)).toEqual([
      [50, [50]],
      [70, [50]],
      [100, [50]],
      [120, [50]],
    ]);
  });

  it('measures the whole period and nothing else', () => {
    const { radio, windows, runTo } = setUp();
    runTo(30);
    windows.ensure({ periodMs: 50, phaseMs: 0 });
    runTo(50);
    const own = radio.openWindow(50);
    radio.advance(40);
    windows.roll();
    radio.advance(10);
    own.roll();
    const [{ window }] = windows.roll() as [DueWindow];
    expect(window.cell('DRB.PdcpSduVolumeDL', 0)).toBeGreaterThan(0);
    for (const name of ['DRB.PdcpSduVolumeDL', 'RCT.OfferedVolumeDl', 'RRU.PrbUsedDl'] as const) {
      expect(window.cell(name, 0)).toBe(own.cell(name, 0));
    }
  });

  it('shares one window among all who ask for a period', () => {
    const { radio, windows } = setUp();
    const open = jest.spyOn(radio, 'openWindow');
    for (let i = 0; i < 3; i++) windows.ensure({ periodMs: 10, phaseMs: 0 });
    radio.advance(5);
    for (let i = 0; i < 3; i++) windows.ensure({ periodMs: 40, phaseMs: 0 });
    radio.advance(35);
    windows.roll();
    windows.ensure({ periodMs: 40, phaseMs: 0 });
    expect(open.mock.calls).toEqual([[10], [40]]);
  });
});
