/** Simulated over wall time, between one look and the next. */
export class Pace {
  private last: { readonly simMs: number; readonly wallMs: number } | undefined;
  private latest: number | undefined;

  /** `undefined` until there have been two looks. */
  get factor(): number | undefined {
    return this.latest;
  }

  look(simMs: number, wallMs: number): void {
    if (this.last !== undefined && wallMs > this.last.wallMs) {
      this.latest = (simMs - this.last.simMs) / (wallMs - this.last.wallMs);
    }
    this.last = { simMs, wallMs };
  }
}
