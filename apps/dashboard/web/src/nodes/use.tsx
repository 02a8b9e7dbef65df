interface UseProps {
  readonly used: number;
  /** Of the quota; there is none, or none that is told, without values. */
  readonly min: number | null | undefined;
  readonly max: number | null | undefined;
}

/** Share of the PRBs that is used, between the quota's marks, all in percent. */
export function Use({ used, min, max }: UseProps) {
  const [from, to] = [min ?? 0, max ?? 100];
  const hasQuota = typeof min === 'number' || typeof max === 'number';
  const quota = hasQuota ? `quota ${Math.round(from)} to ${Math.round(to)} %` : 'no quota';
  const text = `${Math.round(used)} % used, ${quota}`;
  return (
    <span class="use" role="img" aria-label={text} title={text}>
      <i class="used" style={{ width: `${Math.min(100, used)}%` }} />
      {hasQuota && <i class="quota" style={{ left: `${from}%`, width: `${Math.max(0, to - from)}%` }} />}
    </span>
  );
}
