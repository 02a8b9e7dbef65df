import { type SimulationPositions } from '@ricochet/contracts';
import { useEffect, useRef } from 'preact/hooks';
import { nodeValue, usedPercent, valueAt } from '../data/figures.js';
import { nodeName, sliceName } from '../data/slice-names.js';
import { page, useNews } from '../view/page.js';
import { colour } from '../view/theme.js';
import { cellPath, drawCell, drawSite, projectionOf, type CellLook, type Projection } from './draw-map.js';
import { UeMotion } from './ue-motion.js';

const FRAME_MS = 40;
const DOT = 3.2;
const SMALL_DOT = 1.6;
const MANY_UES = 1_000;

/** Cells at their sites, coloured by load, and where the UEs are. */
export function MapPanel() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => (canvas.current === null ? undefined : animate(canvas.current)), []);
  return (
    <section class="panel map" aria-labelledby="map-title">
      <header>
        <h2 id="map-title">Network</h2>
        <Legend />
      </header>
      <canvas
        ref={canvas}
        role="img"
        aria-label="Map of the cells and UEs; the table of DUs has the same figures"
      />
    </section>
  );
}

function Legend() {
  useNews(2_000);
  return (
    <ul class="legend" aria-label="Colours">
      {(page.store.run?.slices ?? []).map((sst) => (
        <li key={sst} class={sliceName(sst).className}>
          <span class="dot" aria-hidden="true" /> {sliceName(sst).name}
        </li>
      ))}
      <li>
        <span class="ring" aria-hidden="true" /> SLA missed
      </li>
    </ul>
  );
}

/** Draws as often as it is worth while it is in sight; gives what ends it. */
function animate(canvas: HTMLCanvasElement): () => void {
  const context = canvas.getContext('2d');
  if (context === null) return () => undefined;
  const motion = new UeMotion();
  let drawnAtMs = 0;
  let request = 0;
  let hit: { readonly paths: readonly Path2D[] } = { paths: [] };
  let isSeen = true;
  const seen = new IntersectionObserver(([entry]) => (isSeen = entry?.isIntersecting ?? true));
  seen.observe(canvas);
  const loop = (nowMs: number): void => {
    request = requestAnimationFrame(loop);
    if (!isSeen || nowMs - drawnAtMs < FRAME_MS) return;
    drawnAtMs = nowMs;
    fit(canvas, context);
    context.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    const { positions } = page.shown();
    if (positions === null) return drawWaiting(context, canvas);
    motion.tell(positions, nowMs);
    hit = draw(context, positions, { canvas, motion, progress: motion.progress(nowMs) });
  };
  const cellAt = (event: MouseEvent): number => {
    const ratio = devicePixelRatio;
    return hit.paths.findIndex((path) =>
      context.isPointInPath(path, event.offsetX * ratio, event.offsetY * ratio),
    );
  };
  const click = (event: MouseEvent): void => {
    const cell = cellAt(event);
    if (cell >= 0) page.look({ du: page.view.du === cell + 1 ? null : cell + 1 });
  };
  const hover = (event: MouseEvent): void => {
    const cell = cellAt(event);
    canvas.style.cursor = cell < 0 ? '' : 'pointer';
    canvas.title = cell < 0 ? '' : tooltip(cell);
  };
  canvas.addEventListener('click', click);
  canvas.addEventListener('mousemove', hover);
  request = requestAnimationFrame(loop);
  return () => {
    cancelAnimationFrame(request);
    seen.disconnect();
    canvas.removeEventListener('click', click);
    canvas.removeEventListener('mousemove', hover);
  };
}

interface Scene {
  readonly canvas: HTMLCanvasElement;
  readonly motion: UeMotion;
  readonly progress: number;
}

function draw(
  context: CanvasRenderingContext2D,
  positions: SimulationPositions,
  { canvas, motion, progress }: Scene,
): { readonly paths: readonly Path2D[] } {
  const at = projectionOf(positions, canvas.clientWidth, canvas.clientHeight);
  const looks = positions.nodeIds.map((_, cell) => lookOf(cell));
  const paths = looks.map((_, cell) => cellPath(positions, cell, at));
  const selectedLast = looks.map((_, cell) => cell).sort((a, b) => rank(looks[a]) - rank(looks[b]));
  for (const cell of selectedLast) drawCell(context, paths[cell] as Path2D, looks[cell] as CellLook);
  drawUes(context, positions, { at, motion, progress });
  const radius = Math.max(8, Math.min(20, positions.interSiteDistanceM * at.scale * 0.14));
  for (const [cell, look] of looks.entries()) {
    drawSite(
      context,
      { x: at.x(positions.siteXM[cell] ?? 0), y: at.y(positions.siteYM[cell] ?? 0), radius },
      look,
    );
  }
  return { paths };
}

const rank = (look: CellLook | undefined): number => Number(look?.missed) + 2 * Number(look?.isSelected);

function drawUes(
  context: CanvasRenderingContext2D,
  positions: SimulationPositions,
  { at, motion, progress }: { at: Projection; motion: UeMotion; progress: number },
): void {
  const { sst, ueIds, cell } = positions;
  const size = ueIds.length > MANY_UES ? SMALL_DOT : DOT;
  const { slice: focus, du } = page.view;
  for (const one of new Set(sst)) {
    context.fillStyle = colour(sliceName(one).className);
    for (const dimmed of [true, false]) {
      context.globalAlpha = dimmed ? 0.25 : 0.95;
      for (let ue = 0; ue < ueIds.length; ue++) {
        if (sst[ue] !== one) continue;
        const isDim = (focus !== null && focus !== one) || (du !== null && cell[ue] !== du - 1);
        if (isDim !== dimmed) continue;
        const [x, y] = [at.x(motion.x(ue, progress)), at.y(motion.y(ue, progress))];
        context.fillRect(x - size / 2, y - size / 2, size, size);
      }
    }
  }
  context.globalAlpha = 1;
}

function lookOf(cell: number): CellLook {
  const { frame } = page.shown();
  const slices = page.store.run?.slices ?? [];
  const isOff = frame !== undefined && nodeValue(frame.nodes[cell], 'active') < 1;
  const of = (slice: number) => ({ node: cell, slice });
  return {
    name: nodeName(page.store.run?.nodeIds[cell] ?? '').replace('DU ', ''),
    isOff,
    isSelected: page.view.du === cell + 1,
    shares: slices.map((sst, slice) => ({
      colour: sliceName(sst).className,
      share: frame === undefined ? 0 : (usedPercent(frame, of(slice)) ?? 0) / 100,
    })),
    missed:
      frame !== undefined &&
      !isOff &&
      slices.some((_, slice) => (valueAt(frame, of(slice), 'slaMet') ?? 1) < 1),
  };
}

function tooltip(cell: number): string {
  const { shares, isOff, missed } = lookOf(cell);
  const used = shares.reduce((sum, { share }) => sum + share, 0);
  const name = nodeName(page.store.run?.nodeIds[cell] ?? '');
  return `${name}: ${isOff ? 'off' : `${Math.round(100 * used)} % of the PRBs used`}${missed ? ', SLA missed' : ''}`;
}

function drawWaiting(context: CanvasRenderingContext2D, canvas: HTMLCanvasElement): void {
  context.fillStyle = colour('muted');
  context.font = '13px system-ui, sans-serif';
  context.textAlign = 'center';
  const text =
    page.view.atMs === null ? 'Waiting for positions …' : 'Nobody looked then: positions were not told';
  context.fillText(text, canvas.clientWidth / 2, canvas.clientHeight / 2);
}

function fit(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D): void {
  const ratio = devicePixelRatio;
  const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}
