import { type RicFaults } from '@ricochet/contracts';
import { type Timers } from '@ricochet/e2ap';
import { RicochetError } from '@ricochet/platform';
import { Inject, Injectable } from '@nestjs/common';
import { E2_TIMERS } from '../e2/e2-timers.js';

const NONE: RicFaults = { cutOff: [], a1Out: false };

/** So many wait for A1: who asked first has given up by then. */
const MAX_WAITING = 64;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (reason: A1OutError) => void;
}

/** A1 is out, and others have come since who wait for it. */
export class A1OutError extends RicochetError {
  constructor() {
    super('A1_OUT', `A1 is out, and ${MAX_WAITING} later requests wait for it`);
  }
}

/** What the scenario of a simulator has go wrong inside the RIC; without one that says so, nothing. */
@Injectable()
export class PlayedFaults {
  private state = NONE;
  private stopLimit: (() => void) | undefined;
  private readonly waiting: Waiting[] = [];
  private a1Listener: (() => void) | undefined;

  constructor(@Inject(E2_TIMERS) private readonly timers: Timers) {}

  get a1Out(): boolean {
    return this.state.a1Out;
  }

  /** Whether the bus brings an xApp no reports; policies, notices and controls go on. */
  isCutOff(xapp: string): boolean {
    return this.state.cutOff === 'all' || this.state.cutOff.includes(xapp);
  }

  /** Resolves when A1 is there: at once, unless it is out. @throws A1OutError too many have come since */
  async a1(): Promise<void> {
    if (!this.a1Out) return;
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      if (this.waiting.length > MAX_WAITING) this.waiting.shift()?.reject(new A1OutError());
    });
  }

  /** Told when A1 is back. */
  onA1Back(listener: () => void): void {
    this.a1Listener = listener;
  }

  /** From now on, until it is said anew or its limit has passed. */
  set(state: RicFaults): void {
    this.stopLimit?.();
    const { limitMs } = state;
    this.stopLimit = limitMs === undefined ? undefined : this.timers.after(limitMs, () => this.set(NONE));
    const isA1Back = this.a1Out && !state.a1Out;
    this.state = state;
    if (!isA1Back) return;
    for (const { resolve } of this.waiting.splice(0)) resolve();
    this.a1Listener?.();
  }
}
