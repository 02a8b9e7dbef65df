import { SingleBar } from 'cli-progress';

/** How much of simulation time has gone, on a terminal; elsewhere nothing but the lines. */
export class SimulationBar {
  private readonly bar = new SingleBar({
    format: '{bar} {percentage} % of {total} ms simulated',
    clearOnComplete: true,
    noTTYOutput: false,
  });
  private atMs = 0;

  /** @param totalMs of all runs together */
  constructor(private readonly totalMs: number) {}

  start(): void {
    this.bar.start(this.totalMs, this.atMs);
  }

  update(timeMs: number): void {
    this.atMs = timeMs;
    this.bar.update(timeMs);
  }

  /** Writes lines above it. */
  above(write: () => void): void {
    this.bar.stop();
    write();
    this.start();
  }

  stop(): void {
    this.bar.stop();
  }
}
