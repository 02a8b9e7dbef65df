import { parseScenario } from './parse-scenario.js';
import { timeLine } from './time-line.js';

describe('timeLine', () => {
  it('sorts by time and keeps the order of the file within one instant', () => {
    const scenario = parseScenario(
      `
name: x
duration: 10s
events:
  - { at: 5s, kind: cell-on, cells: [1] }
  - { at: 2s, kind: cell-off, cells: [1] }
  - { at: 5s, kind: e2-disconnect, cells: [2], duration: 1s }
  - { at: 500ms, kind: mobility, speedMinMps: 1, speedMaxMps: 2 }
`,
      'x.yaml',
    );
    expect(timeLine(scenario).map(({ atMs, kind }) => `${atMs} ${kind}`)).toEqual([
      '500 mobility',
      '2000 cell-off',
      '5000 cell-on',
      '5000 e2-disconnect',
    ]);
    expect(scenario.events[0]?.atMs).toBe(5000);
  });
});
