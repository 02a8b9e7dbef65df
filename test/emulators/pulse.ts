/** Calls again and again along the wall clock, or when told to by hand alone. */
export class Pulse {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly periodMs: number,
    private readonly beat: () => void,
  ) {}

  /** Beats every period from now on. */
  run(): void {
    this.timer ??= setInterval(() => this.beat(), this.periodMs);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
