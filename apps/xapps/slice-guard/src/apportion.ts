/**
 * Shares a whole number out in proportion to claims, by largest remainder, ties to the earlier claim.
 * @param claims integers, not negative @param total integer, at most their sum
 * @returns integers that add up to `total`, none above its claim
 */
export function apportion(claims: readonly number[], total: number): number[] {
  const sum = claims.reduce((all, claim) => all + claim, 0);
  if (sum === 0) return claims.map(() => 0);
  const ideal = claims.map((claim) => (claim * total) / sum);
  const shares = ideal.map(Math.floor);
  const remainder = (index: number): number => (ideal[index] ?? 0) - (shares[index] ?? 0);
  const order = claims.map((_, index) => index).sort((a, b) => remainder(b) - remainder(a) || a - b);
  const left = total - shares.reduce((all, share) => all + share, 0);
  for (const index of order.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}
