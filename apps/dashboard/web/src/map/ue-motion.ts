import { type SimulationPositions } from '@ricochet/contracts';

/** Farther than this nobody goes between two tellings: he was moved, or wrapped around. */
const JUMP_M = 120;

/** Lets UEs glide from where they were told to be last to where they are now. */
export class UeMotion {
  private latest: SimulationPositions | undefined;
  private fromX: number[] = [];
  private fromY: number[] = [];
  private sinceMs = 0;
  private periodMs = 500;

  /** @param nowMs wall clock */
  tell(positions: SimulationPositions, nowMs: number): void {
    if (positions === this.latest) return;
    const before = this.latest;
    const places = new Map<number, number>(before?.ueIds.map((id, i) => [id, i]));
    const from = (key: 'xM' | 'yM', id: number, to: number): number => {
      const place = places.get(id);
      const was = place === undefined ? undefined : before?.[key][place];
      return was === undefined || Math.abs(was - to) > JUMP_M ? to : was;
    };
    this.fromX = positions.ueIds.map((id, i) => from('xM', id, positions.xM[i] ?? 0));
    this.fromY = positions.ueIds.map((id, i) => from('yM', id, positions.yM[i] ?? 0));
    if (before !== undefined) this.periodMs = Math.min(1_000, Math.max(100, nowMs - this.sinceMs));
    this.latest = positions;
    this.sinceMs = nowMs;
  }

  /** How far between the last two tellings, 0..1. */
  progress(nowMs: number): number {
    return Math.min(1, (nowMs - this.sinceMs) / this.periodMs);
  }

  x(ue: number, progress: number): number {
    const from = this.fromX[ue] ?? 0;
    return from + ((this.latest?.xM[ue] ?? 0) - from) * progress;
  }

  y(ue: number, progress: number): number {
    const from = this.fromY[ue] ?? 0;
    return from + ((this.latest?.yM[ue] ?? 0) - from) * progress;
  }
}
