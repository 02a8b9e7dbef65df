import { Bus } from '@ricochet/bus';
import { simulationFinished, simulationSample, type RunDescription } from '@ricochet/contracts';
import { type RunEnd, Store } from '@ricochet/store';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

/** Keeps which simulation runs there were, by what the simulator tells of itself. */
@Injectable()
export class RunRecorder implements OnApplicationBootstrap {
  private current: { readonly runId: string; readonly stored: Promise<number> } | undefined;
  private storedId: number | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly store: Store,
  ) {}

  /** The store's id of the run under way, once it has one: what else is kept belongs to it. */
  get runId(): number | undefined {
    return this.storedId;
  }

  onApplicationBootstrap(): void {
    this.bus.subscribe(simulationSample, ({ run }) => this.see(run));
    this.bus.subscribe(simulationFinished, (finished) => {
      this.see(finished.run);
      const state = finished.fault === undefined ? 'finished' : 'failed';
      this.finish({ summary: finished, endedAtMs: Date.now(), state });
    });
  }

  private finish(end: RunEnd): void {
    void this.current?.stored
      .then((id) => this.store.finishRun(id, end))
      .catch(() => {
        // The store tells of its own trouble, once an episode.
      });
    this.current = undefined;
  }

  private see({ runId, scenario, seed, mode, configHash, controller, startedAtMs }: RunDescription): void {
    if (this.current?.runId === runId) return;
    // A simulator that begins anew without a word about its former run has been killed.
    this.finish({ summary: null, endedAtMs: Date.now(), state: 'interrupted' });
    const stored = this.store.startRun({ seed, scenario, configHash, controller, mode, startedAtMs });
    this.current = { runId, stored };
    this.storedId = undefined;
    stored
      .then((id) => (this.storedId = id))
      .catch(() => {
        // The store tells of its own trouble, once an episode.
      });
  }
}
