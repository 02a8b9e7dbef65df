import { type SimulationSample } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { type E2Settings } from '../stack/e2-settings.js';

/** Tells how nodes that run without our RIC fare. */
export class NodesWatch {
  private latest: SimulationSample | undefined;
  private mostConnected = 0;

  constructor(private readonly e2: Pick<E2Settings, 'nodesAt' | 'profile'>) {}

  /** Takes what is known now; gives a line for each event of the scenario. */
  sample(sample: SimulationSample): string[] {
    this.latest = sample;
    this.mostConnected = Math.max(this.mostConnected, sample.connectedNodes);
    return sample.events.map((event) => `${(sample.timeMs / 1000).toFixed(1)} s: ${event}`);
  }

  finished({ timeMs, counts }: Pick<SimulationSample, 'timeMs' | 'counts'>): void {
    if (this.latest !== undefined) this.latest = { ...this.latest, timeMs, counts };
  }

  /** How they fare, on one line. */
  line(): string {
    const { nodesAt, profile } = this.e2;
    if (this.latest === undefined) return `${profile} nodes for ${nodesAt} start`;
    const { timeMs, connectedNodes, nodes, counts } = this.latest;
    return (
      `${(timeMs / 1000).toFixed(1)} s: ${connectedNodes}/${nodes.length} ${profile} nodes at ${nodesAt}; ` +
      `${counts.indications} indications, ${counts.controlsApplied} controls applied, ${counts.controlsFailed} failed`
    );
  }

  /** @throws CliError when no node was ever set up: the run was for nothing */
  conclude(): void {
    if (this.mostConnected > 0) return;
    throw new CliError(
      `none of ${this.latest?.nodes.length ?? 'the'} nodes was ever set up at ${this.e2.nodesAt}`,
      1,
    );
  }
}
