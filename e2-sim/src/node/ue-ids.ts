/** How a DU numbers its UEs towards E2: from 0 on, until they are renewed. */
export class UeIds {
  private first = 0;

  /** @param capacity UEs that there can be */
  constructor(private readonly capacity: number) {}

  /** Gives every UE an id that no UE has had before. */
  renew(): void {
    this.first += this.capacity;
  }

  /** @param place from 0 */
  idOf(place: number): number {
    return this.first + place;
  }

  /** Reverse of {@link idOf}; `undefined` for an id that is no UE's, or no longer. */
  placeOf(id: number): number | undefined {
    const place = id - this.first;
    return place >= 0 && place < this.capacity ? place : undefined;
  }
}
