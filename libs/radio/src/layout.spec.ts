import { Layout } from './layout.js';
import { Mobility } from './mobility.js';
import { PAPER } from './presets.js';
import { UeTable } from './ue-table.js';

const sortedDistances = (layout: Layout, from: number): number[] =>
  Array.from({ length: layout.cells }, (_, to) =>
    Math.hypot(
      layout.offsetX[from * layout.cells + to] as number,
      layout.offsetY[from * layout.cells + to] as number,
    ),
  ).sort((a, b) => a - b);

describe('layout', () => {
  it('rings of hexagons have the inter-site distance between neighbours', () => {
    const layout = new Layout(19, { ...PAPER.layout, wrapAround: false });
    const distances = sortedDistances(layout, 0);
    for (let i = 1; i <= 6; i++) expect(distances[i]).toBeCloseTo(500, 6);
    for (let i = 7; i <= 12; i++) expect(distances[i]).toBeCloseTo(500 * Math.sqrt(3), 6);
    for (let i = 13; i <= 18; i++) expect(distances[i]).toBeCloseTo(1000, 6);
  });

  it.each([7, 19, 37])('wrapped around, all of %d cells see the same neighbours', (cells) => {
    const layout = new Layout(cells, { ...PAPER.layout, wrapAround: true });
    const middle = sortedDistances(layout, 0);
    for (let cell = 1; cell < cells; cell++) {
      sortedDistances(layout, cell).forEach((distance, i) =>
        expect(distance).toBeCloseTo(middle[i] as number, 6),
      );
    }
  });

  it('distances are the same in both directions, wrapped or not', () => {
    for (const kind of ['hexagonal', 'grid'] as const) {
      for (const wrapAround of [true, false]) {
        const layout = new Layout(30, { ...PAPER.layout, kind, wrapAround });
        for (let a = 0; a < 30; a++) {
          for (let b = 0; b < 30; b++) {
            const there = Math.hypot(
              layout.offsetX[a * 30 + b] as number,
              layout.offsetY[a * 30 + b] as number,
            );
            const back = Math.hypot(
              layout.offsetX[b * 30 + a] as number,
              layout.offsetY[b * 30 + a] as number,
            );
            expect(there).toBeCloseTo(back, 6);
          }
        }
      }
    }
  });

  it('a cell holds the points nearest to its site', () => {
    const layout = new Layout(1, PAPER.layout);
    expect(layout.contains(249, 0)).toBe(true);
    expect(layout.contains(251, 0)).toBe(false);
    expect(layout.contains(0, 288)).toBe(true);
    expect(layout.contains(0, 290)).toBe(false);
  });
});

describe('mobility', () => {
  function walkers(
    area: 'cell' | 'network',
    cells = 7,
  ): { ues: UeTable; layout: Layout; mobility: Mobility } {
    const ues = new UeTable(cells, 20);
    ues.active.fill(1);
    ues.regroup();
    const layout = new Layout(cells, PAPER.layout);
    const mobility = new Mobility(ues, layout, {
      config: { ...PAPER.mobility, area },
      minDistanceM: 0,
      seed: 3,
    });
    for (let ue = 0; ue < ues.capacity; ue++) mobility.drawSpeed(ue, [10, 20]);
    return { ues, layout, mobility };
  }

  it('stays in the service area, at its speed', () => {
    const { ues, layout, mobility } = walkers('cell');
    for (let t = 100; t <= 60_000; t += 100) {
      const before = [mobility.x[5] as number, mobility.y[5] as number] as const;
      mobility.step(t);
      for (let ue = 0; ue < ues.capacity; ue++) {
        expect(
          layout.contains((mobility.x[ue] as number) * 0.9999, (mobility.y[ue] as number) * 0.9999),
        ).toBe(true);
      }
      const moved = Math.hypot((mobility.x[5] as number) - before[0], (mobility.y[5] as number) - before[1]);
      expect(moved).toBeLessThanOrEqual((mobility.speedMps[5] as number) * 0.1 + 1e-9);
    }
  });

  it('roams from cell to cell when it may', () => {
    const { ues, layout, mobility } = walkers('network');
    for (let t = 100; t <= 60_000; t += 100) mobility.step(t);
    const moved = Array.from(mobility.home).filter((cell, ue) => cell !== Math.floor(ue / 20)).length;
    expect(moved).toBeGreaterThan(ues.capacity / 2);
    for (let ue = 0; ue < ues.capacity; ue++) {
      expect(layout.contains((mobility.x[ue] as number) * 0.9999, (mobility.y[ue] as number) * 0.9999)).toBe(
        true,
      );
    }
  });
});
