/** A UE, by its gNB-CU UE F1AP ID, and its scheduling weight inside its slice. */
export interface UeWeight {
  readonly ueId: number;
  readonly weight: number;
}

/** Whether a value is a UE weight: the id a natural number, the weight finite and not negative. */
export function isUeWeight(value: unknown): value is UeWeight {
  if (typeof value !== 'object' || value === null) return false;
  const { ueId, weight } = value as { ueId?: unknown; weight?: unknown };
  return (
    Number.isInteger(ueId) && (ueId as number) >= 0 && Number.isFinite(weight) && (weight as number) >= 0
  );
}
