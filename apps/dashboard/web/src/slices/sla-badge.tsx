import { percent } from '../data/format.js';

interface SlaBadgeProps {
  /** Share in which it was met. */
  readonly met: number | null;
  /** Share of what. */
  readonly of: string;
}

/** Whether the SLA was met in the second that is shown. */
export function SlaBadge({ met, of }: SlaBadgeProps) {
  if (met === null) return <span class="badge">SLA –</span>;
  const isMet = met >= 0.9995;
  const title = `met in ${percent(met)} of the last second's ${of}`;
  return (
    <span class={`badge ${isMet ? 'good' : 'bad'}`} title={title}>
      {isMet ? 'SLA met' : `SLA missed ${percent(1 - met)}`}
    </span>
  );
}
