import { type Layout } from './layout.js';
import { type MobilityConfig } from './radio-config.js';
import { RandomStreams, STREAM } from './random-streams.js';
import { type StateExchange } from './state-exchange.js';
import { type UeTable } from './ue-table.js';

export const MOBILITY_PERIOD_MS = 100;

/** The seven directions of section VII.A of the core paper. */
export const TURNS = [
  0,
  Math.PI / 12,
  -Math.PI / 12,
  Math.PI / 6,
  -Math.PI / 6,
  Math.PI / 3,
  -Math.PI / 3,
] as const;
const TURN_COS = Float64Array.from(TURNS, (angle) => Math.cos(angle));
const TURN_SIN = Float64Array.from(TURNS, (angle) => Math.sin(angle));

/**
 * Straight walks at constant speed, a turn every turn period, mirrored at the edge of the service area.
 *
 * [UEs] each: `home` cell (the one whose area the UE is in), `x`, `y` in metres from the home's site, `dirX`,
 * `dirY` unit
 * vector, `speedMps`. One stream per UE.
 */
export class Mobility {
  readonly home: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly speedMps: Float64Array;
  private readonly dirX: Float64Array;
  private readonly dirY: Float64Array;
  private readonly streams: RandomStreams;
  private readonly speedStreams: RandomStreams;

  constructor(
    private readonly ues: UeTable,
    private readonly layout: Layout,
    private readonly options: { config: MobilityConfig; minDistanceM: number; seed: number },
  ) {
    const n = ues.capacity;
    this.home = Int32Array.from(ues.serving);
    this.x = new Float64Array(n);
    this.y = new Float64Array(n);
    this.speedMps = new Float64Array(n);
    this.dirX = new Float64Array(n);
    this.dirY = new Float64Array(n);
    this.streams = new RandomStreams(n, options.seed, STREAM.mobility);
    this.speedStreams = new RandomStreams(n, options.seed, STREAM.speed);
    for (let ue = 0; ue < n; ue++) this.place(ue);
  }

  exchange(state: StateExchange): void {
    state.array(this.home);
    state.array(this.x);
    state.array(this.y);
    state.array(this.speedMps);
    state.array(this.dirX);
    state.array(this.dirY);
    state.array(this.streams.state);
    state.array(this.speedStreams.state);
  }

  /** A uniform place in the home cell's area and a uniform direction. */
  place(ue: number): void {
    const { layout, streams } = this;
    const reach = layout.halfWidthM * 1.2;
    let x: number;
    let y: number;
    do {
      x = streams.uniform(ue, [-reach, reach]);
      y = streams.uniform(ue, [-reach, reach]);
    } while (!layout.contains(x, y) || Math.hypot(x, y) < this.options.minDistanceM);
    const angle = streams.uniform(ue, [0, 2 * Math.PI]);
    this.x[ue] = x;
    this.y[ue] = y;
    this.dirX[ue] = Math.cos(angle);
    this.dirY[ue] = Math.sin(angle);
  }

  drawSpeed(ue: number, range: readonly [minMps: number, maxMps: number]): void {
    this.speedMps[ue] = this.speedStreams.uniform(ue, range);
  }

  /** Moves every active UE by 100 ms; called at multiples of 100 ms. */
  step(nowMs: number): void {
    const { order, activeCount } = this.ues;
    const { x, y, dirX, dirY, speedMps } = this;
    const turns = nowMs % this.options.config.turnPeriodMs === 0;
    const roams = this.options.config.area === 'network';
    for (let i = 0; i < activeCount; i++) {
      const ue = order[i] as number;
      if (turns) this.turn(ue);
      const stepM = (speedMps[ue] as number) * (MOBILITY_PERIOD_MS / 1000);
      x[ue] = (x[ue] as number) + (dirX[ue] as number) * stepM;
      y[ue] = (y[ue] as number) + (dirY[ue] as number) * stepM;
      if (roams) this.changeHome(ue);
      this.mirror(ue);
    }
  }

  private turn(ue: number): void {
    const k = Math.floor(this.streams.unit(ue) * TURNS.length);
    const cos = TURN_COS[k] as number;
    const sin = TURN_SIN[k] as number;
    const dx = this.dirX[ue] as number;
    const dy = this.dirY[ue] as number;
    this.dirX[ue] = dx * cos - dy * sin;
    this.dirY[ue] = dx * sin + dy * cos;
  }

  /** Reflection at the lines p · n = ± half width. */
  private mirror(ue: number): void {
    const { normalX, normalY, halfWidthM } = this.layout;
    for (let k = 0; k < normalX.length; k++) {
      const nx = normalX[k] as number;
      const ny = normalY[k] as number;
      const across = (this.x[ue] as number) * nx + (this.y[ue] as number) * ny;
      if (across <= halfWidthM && across >= -halfWidthM) continue;
      const excess = 2 * (across - (across > 0 ? halfWidthM : -halfWidthM));
      const speed = 2 * ((this.dirX[ue] as number) * nx + (this.dirY[ue] as number) * ny);
      this.x[ue] = (this.x[ue] as number) - excess * nx;
      this.y[ue] = (this.y[ue] as number) - excess * ny;
      this.dirX[ue] = (this.dirX[ue] as number) - speed * nx;
      this.dirY[ue] = (this.dirY[ue] as number) - speed * ny;
    }
  }

  /** A UE that left its home's area lives in the cell it stepped into, if there is one. */
  private changeHome(ue: number): void {
    const { layout } = this;
    const x = this.x[ue] as number;
    const y = this.y[ue] as number;
    if (layout.contains(x, y)) return;
    const row = (this.home[ue] as number) * layout.cells;
    for (let cell = 0; cell < layout.cells; cell++) {
      const dx = x - (layout.offsetX[row + cell] as number);
      const dy = y - (layout.offsetY[row + cell] as number);
      if (cell === this.home[ue] || !layout.contains(dx, dy)) continue;
      this.home[ue] = cell;
      this.x[ue] = dx;
      this.y[ue] = dy;
      return;
    }
  }
}
