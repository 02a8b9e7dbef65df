/** Orders the controls of one instant: by priority, then by their xApps' order, then as each xApp counts its own. */
export interface ControlTurn {
  readonly xapp: string;
  readonly priority: number;
  readonly requestorId: number;
  readonly sequence: number;
}

/**
 * In lockstep, controls over which xApps may meet wait until all of their instant have come, so that it does not
 * matter which came first.
 */
export class ControlTurns {
  private readonly waiting: { readonly turn: ControlTurn; readonly take: () => void }[] = [];

  /** Resolves when its turn has come: those of one release in their order. */
  wait(turn: ControlTurn): Promise<void> {
    return new Promise((take) => this.waiting.push({ turn, take }));
  }

  /** Controls of an xApp that wait. */
  waitingOf(xapp: string): number {
    return this.waiting.filter(({ turn }) => turn.xapp === xapp).length;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** No more of this instant will come. */
  release(): void {
    this.waiting
      .splice(0)
      .sort(
        ({ turn: a }, { turn: b }) =>
          b.priority - a.priority || a.requestorId - b.requestorId || a.sequence - b.sequence,
      )
      .forEach(({ take }) => take());
  }
}
