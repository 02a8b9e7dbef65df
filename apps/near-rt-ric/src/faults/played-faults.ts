import { type RicFaults } from '@ricochet/contracts';
import { Injectable } from '@nestjs/common';

/** What the scenario of a simulator has go wrong inside the RIC; without one that says so, nothing. */
@Injectable()
export class PlayedFaults {
  private state: RicFaults = { cutOff: [], a1Out: false };
  private waiting: (() => void)[] = [];
  private a1Listener: (() => void) | undefined;

  get a1Out(): boolean {
    return this.state.a1Out;
  }

  /** Whether the bus does not reach an xApp. */
  isCutOff(xapp: string): boolean {
    return this.state.cutOff === 'all' || this.state.cutOff.includes(xapp);
  }

  /** Resolves when A1 is there: at once, unless it is out. */
  async a1(): Promise<void> {
    if (this.a1Out) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Told when A1 is back. */
  onA1Back(listener: () => void): void {
    this.a1Listener = listener;
  }

  set(state: RicFaults): void {
    const isA1Back = this.a1Out && !state.a1Out;
    this.state = state;
    if (!isA1Back) return;
    for (const resolve of this.waiting.splice(0)) resolve();
    this.a1Listener?.();
  }
}
