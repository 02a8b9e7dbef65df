/** So many associations a server takes at a time. */
export const MAX_ASSOCIATIONS = 512;

/** Who is taken while there is room. A crowd before the door is told of once, until half of those inside have left. */
export class Places {
  private taken = 0;
  private isTold = false;

  constructor(
    private readonly count: number,
    private readonly onTrouble: (line: string) => void,
  ) {}

  /** Takes a place for the peer; gives why there is none. */
  refuse(peer: string): string | undefined {
    if (this.taken < this.count) {
      this.taken += 1;
      return undefined;
    }
    const reason = `${this.count} associations are the most taken`;
    if (!this.isTold) this.onTrouble(`${peer} refused, as others will be: ${reason}`);
    this.isTold = true;
    return reason;
  }

  /** Somebody who was taken has left. */
  free(): void {
    this.taken -= 1;
    if (this.taken <= this.count / 2) this.isTold = false;
  }
}
