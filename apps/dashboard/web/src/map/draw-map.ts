import { type SimulationPositions } from '@ricochet/contracts';
import { colour } from '../view/theme.js';

/** Where the map lies on the canvas. */
export interface Projection {
  readonly scale: number;
  readonly x: (xM: number) => number;
  readonly y: (yM: number) => number;
}

/** What a cell looks like. */
export interface CellLook {
  readonly name: string;
  readonly isOff: boolean;
  readonly isSelected: boolean;
  /** Share of the PRBs that each slice uses, 0..1, with the name of its colour. */
  readonly shares: readonly { readonly colour: string; readonly share: number }[];
  readonly missed: boolean;
}

/** Places all cells, and some room around. */
export function projectionOf(
  { siteXM, siteYM, interSiteDistanceM }: SimulationPositions,
  width: number,
  height: number,
): Projection {
  const room = interSiteDistanceM * 0.6;
  const [left, right] = [Math.min(...siteXM) - room, Math.max(...siteXM) + room];
  const [bottom, top] = [Math.min(...siteYM) - room, Math.max(...siteYM) + room];
  const scale = Math.min(width / (right - left), height / (top - bottom));
  return {
    scale,
    x: (xM) => width / 2 + (xM - (left + right) / 2) * scale,
    y: (yM) => height / 2 - (yM - (bottom + top) / 2) * scale,
  };
}

/** The area that a cell serves: a hexagon with a corner to the north, or a square. */
export function cellPath(positions: SimulationPositions, cell: number, at: Projection): Path2D {
  const { layout, interSiteDistanceM, siteXM, siteYM } = positions;
  const corners = layout === 'hexagonal' ? 6 : 4;
  const radius = (interSiteDistanceM / 2 / Math.cos(Math.PI / corners)) * at.scale;
  const [x, y] = [at.x(siteXM[cell] ?? 0), at.y(siteYM[cell] ?? 0)];
  const path = new Path2D();
  for (let corner = 0; corner < corners; corner++) {
    const angle = (2 * Math.PI * (corner + 0.5)) / corners;
    path.lineTo(x + (radius - 1.5) * Math.cos(angle), y + (radius - 1.5) * Math.sin(angle));
  }
  path.closePath();
  return path;
}

export function drawCell(context: CanvasRenderingContext2D, path: Path2D, look: CellLook): void {
  const load = look.shares.reduce((sum, { share }) => sum + share, 0);
  context.globalAlpha = look.isOff ? 0.5 : 0.1 + 0.5 * Math.min(1, load);
  context.fillStyle = colour(look.isOff ? 'line' : 'load');
  context.fill(path);
  context.globalAlpha = 1;
  const stroke = (name: string, width: number): void => {
    context.lineWidth = width;
    context.strokeStyle = colour(name);
    context.stroke(path);
  };
  if (look.missed) stroke('bad', look.isSelected ? 6 : 2);
  else if (!look.isSelected) stroke('edge', 1);
  if (look.isSelected) stroke('text', 2.5);
}

/** At the site: a ring of what the slices use of the PRBs, and the DU's name. */
export function drawSite(
  context: CanvasRenderingContext2D,
  at: { x: number; y: number; radius: number },
  look: CellLook,
): void {
  const { x, y, radius } = at;
  const width = Math.max(3, radius * 0.3);
  context.fillStyle = colour('panel');
  context.beginPath();
  context.arc(x, y, radius + width / 2 + 1, 0, 2 * Math.PI);
  context.fill();
  context.lineWidth = width;
  context.strokeStyle = colour('line');
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
  let from = -Math.PI / 2;
  for (const { colour: name, share } of look.isOff ? [] : look.shares) {
    const to = from + 2 * Math.PI * Math.min(1, share);
    context.strokeStyle = colour(name);
    context.beginPath();
    context.arc(x, y, radius, from, to);
    context.stroke();
    from = to;
  }
  context.fillStyle = colour(look.isOff ? 'muted' : 'text');
  context.font = `600 ${Math.max(9, Math.round(radius * 0.95))}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(look.name, x, y + 0.5);
}
