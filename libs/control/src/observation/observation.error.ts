/** A report that can not be observed: a measurement, a slice label or a UE id is missing, or its level is wrong. */
export class ObservationError extends Error {
  override readonly name = 'ObservationError';

  constructor(
    readonly nodeId: string,
    readonly reason: string,
  ) {
    super(`report of ${nodeId}: ${reason}`);
  }
}
