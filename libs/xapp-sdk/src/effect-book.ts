import { type ControlEffect, type RanControl } from '@ricochet/contracts';
import { type ControlResult } from './control.js';

/** As long as the RIC may take: it tells of every control that it acknowledged, unless it ends. */
const EFFECT_TIMEOUT_MS = 10_000;
/** Effects that nobody has asked for yet: the word of one may overtake the acknowledgement. */
const MAX_UNCLAIMED = 256;

/** A control whose effect is asked for. */
export interface AskedControl {
  readonly nodeId: string;
  readonly kind: RanControl['kind'];
  readonly acknowledgement: Promise<ControlResult>;
}

interface Awaited {
  readonly settle: (effect: ControlEffect) => void;
  readonly giveUp: (reason: string) => void;
}

/** Effects of controls, for who asked for them. */
export class EffectBook {
  private readonly awaited = new Map<string, Awaited>();
  private readonly unclaimed = new Map<string, ControlEffect>();

  constructor(private readonly timeoutMs = EFFECT_TIMEOUT_MS) {}

  take(effect: ControlEffect): void {
    const awaited = this.awaited.get(effect.controlId);
    if (awaited !== undefined) return awaited.settle(effect);
    this.unclaimed.set(effect.controlId, effect);
    if (this.unclaimed.size <= MAX_UNCLAIMED) return;
    const [oldest] = this.unclaimed.keys();
    if (oldest !== undefined) this.unclaimed.delete(oldest);
  }

  async of({ nodeId, kind, acknowledgement }: AskedControl): Promise<ControlEffect> {
    const { controlId, outcome, cause } = await acknowledgement;
    const none = (reason: string): ControlEffect => {
      return { controlId, nodeId, kind, effective: false, reason, measuredAtMs: 0, shares: [] };
    };
    if (outcome !== 'acknowledged') return none(`${outcome}: ${cause}`);
    const known = this.unclaimed.get(controlId);
    if (known !== undefined) return known;
    return new Promise((resolve) => {
      const settle = (effect: ControlEffect): void => {
        clearTimeout(timer);
        this.awaited.delete(controlId);
        this.unclaimed.set(controlId, effect);
        resolve(effect);
      };
      const giveUp = (reason: string): void => settle(none(reason));
      const timer = setTimeout(
        () => giveUp(`not measured: the RIC does not tell within ${this.timeoutMs} ms`),
        this.timeoutMs,
      ).unref();
      this.awaited.set(controlId, { settle, giveUp });
    });
  }

  close(): void {
    for (const { giveUp } of [...this.awaited.values()]) giveUp('not measured: the xApp has ended');
  }
}
