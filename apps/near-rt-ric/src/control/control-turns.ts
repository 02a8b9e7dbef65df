/** Orders the controls of one instant: by priority, then by their xApps' order, then as each xApp counts its own. */
export interface ControlTurn {
  readonly xapp: string;
  readonly priority: number;
  readonly requestorId: number;
  readonly sequence: number;
  /** The report that it answers; absent where there is none. */
  readonly callProcessId?: string | undefined;
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

  /** Handlers of an xApp whose controls wait. */
  waitingOf(xapp: string): number {
    const own = this.waiting.filter(({ turn }) => turn.xapp === xapp);
    return new Set(own.map(({ turn: { callProcessId, sequence } }) => callProcessId ?? sequence)).size;
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
