/** Which DUs report still. */
export class Presence {
  private readonly lastMs = new Map<string, number>();

  /** @param patienceMs simulation time without a report after which a DU counts as gone */
  constructor(private readonly patienceMs: number) {}

  /** A report of the DU, at a simulation time. */
  seen(nodeId: string, timeMs: number): void {
    this.lastMs.set(nodeId, timeMs);
  }

  /** The DUs that are gone by then, sorted: each of them once. */
  takeGone(timeMs: number): string[] {
    const gone = [...this.lastMs].flatMap(([nodeId, lastMs]) =>
      timeMs - lastMs > this.patienceMs ? [nodeId] : [],
    );
    for (const nodeId of gone) this.lastMs.delete(nodeId);
    return gone.sort();
  }

  /** Simulation time counts from 0 again. */
  beginAnew(): void {
    for (const nodeId of this.lastMs.keys()) this.lastMs.set(nodeId, 0);
  }
}
