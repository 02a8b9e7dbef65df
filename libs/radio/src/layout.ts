import { type LayoutConfig } from './radio-config.js';

const SQRT3 = Math.sqrt(3);
/** Axial steps around a hexagonal ring. */
const RING_STEPS = [
  [-1, 1],
  [-1, 0],
  [0, -1],
  [1, -1],
  [1, 0],
  [0, 1],
] as const;

/**
 * Where the sites stand and what a cell's service area is.
 *
 * Hexagonal: cell 0 in the middle, rings around it (site at axial (q, r) is ISD·(q + r/2, √3/2·r)); a cell's area is
 * the hexagon of points nearest to its site. Grid: rows of a square; the area is a square.
 * With wrap-around the lattice repeats, shifted along (k+1, k) and its rotations by 60° for k rings (3k² + 3k + 1
 * cells: places that the last ring leaves empty stay empty), or by whole rows and columns of the grid.
 *
 * `siteX/siteY`: [cells]. `offsetX/offsetY`: [cells × cells], from the site of the row to the nearest image of the
 * column's. `normalX/normalY`: [2 or 3], the axes across a cell; the area is |p · n| ≤ `halfWidthM` for each.
 */
export class Layout {
  readonly siteX: Float64Array;
  readonly siteY: Float64Array;
  readonly offsetX: Float64Array;
  readonly offsetY: Float64Array;
  readonly normalX: Float64Array;
  readonly normalY: Float64Array;
  readonly halfWidthM: number;

  constructor(
    readonly cells: number,
    config: LayoutConfig,
  ) {
    const isd = config.interSiteDistanceM;
    this.halfWidthM = isd / 2;
    this.siteX = new Float64Array(cells);
    this.siteY = new Float64Array(cells);
    this.offsetX = new Float64Array(cells * cells);
    this.offsetY = new Float64Array(cells * cells);
    const isHexagonal = config.kind === 'hexagonal';
    this.normalX = Float64Array.from(isHexagonal ? [1, 0.5, -0.5] : [1, 0]);
    this.normalY = Float64Array.from(isHexagonal ? [0, SQRT3 / 2, SQRT3 / 2] : [0, 1]);
    const images = isHexagonal ? this.placeRings(isd) : this.placeGrid(isd);
    this.measure(config.wrapAround ? images : []);
  }

  private placeRings(isd: number): (readonly [number, number])[] {
    let placed = 0;
    let ring = 0;
    let q = 0;
    let r = 0;
    const place = (): void => {
      if (placed === this.cells) return;
      this.siteX[placed] = isd * (q + r / 2);
      this.siteY[placed++] = (isd * SQRT3 * r) / 2;
    };
    place();
    while (placed < this.cells) {
      ring++;
      q = ring;
      r = 0;
      for (const [stepQ, stepR] of RING_STEPS) {
        for (let i = 0; i < ring; i++) {
          place();
          q += stepQ;
          r += stepR;
        }
      }
    }
    const images: [number, number][] = [];
    let [shiftQ, shiftR] = [ring + 1, ring];
    for (let i = 0; i < 6; i++) {
      images.push([isd * (shiftQ + shiftR / 2), (isd * SQRT3 * shiftR) / 2]);
      [shiftQ, shiftR] = [-shiftR, shiftQ + shiftR];
    }
    return images;
  }

  private placeGrid(isd: number): (readonly [number, number])[] {
    const columns = Math.ceil(Math.sqrt(this.cells));
    const rows = Math.ceil(this.cells / columns);
    for (let i = 0; i < this.cells; i++) {
      this.siteX[i] = isd * (i % columns);
      this.siteY[i] = isd * Math.floor(i / columns);
    }
    const images: [number, number][] = [];
    for (const x of [-1, 0, 1]) {
      for (const y of [-1, 0, 1]) if (x !== 0 || y !== 0) images.push([x * columns * isd, y * rows * isd]);
    }
    return images;
  }

  private measure(images: readonly (readonly [number, number])[]): void {
    const shifts = [[0, 0] as const, ...images];
    for (let from = 0; from < this.cells; from++) {
      for (let to = 0; to < this.cells; to++) {
        let nearest = Infinity;
        if (from === to) continue;
        for (const [shiftX, shiftY] of shifts) {
          const dx = (this.siteX[to] as number) + shiftX - (this.siteX[from] as number);
          const dy = (this.siteY[to] as number) + shiftY - (this.siteY[from] as number);
          const distance2 = dx * dx + dy * dy;
          if (distance2 >= nearest - 1e-6) continue;
          nearest = distance2;
          this.offsetX[from * this.cells + to] = dx;
          this.offsetY[from * this.cells + to] = dy;
        }
      }
    }
  }

  /** Whether a point, relative to the site, lies in the cell's service area. */
  contains(xM: number, yM: number): boolean {
    for (let k = 0; k < this.normalX.length; k++) {
      const across = xM * (this.normalX[k] as number) + yM * (this.normalY[k] as number);
      if (Math.abs(across) > this.halfWidthM) return false;
    }
    return true;
  }
}
