import { counted, figure } from '../data/format.js';
import { Chart } from '../slices/chart.js';
import { chartWindow } from '../slices/window.js';
import { page, useNews } from '../view/page.js';

/** What the near-real-time loop is allowed, from an indication to the control that answers it. */
const BUDGET_MS = 10;

/** How long the loop takes, and what went through it. */
export function LoopPanel() {
  useNews(1_000);
  const { frame, ric } = page.shown();
  const [, p50, p90, p99, max] = frame?.latency ?? [];
  const counts = ric?.counts;
  const within = (p99 ?? 0) <= BUDGET_MS;
  return (
    <section class="panel loop" aria-labelledby="loop-title">
      <header>
        <h2 id="loop-title">Loop</h2>
        <span class="muted">indication sent → control applied</span>
        {frame !== undefined && (
          <span class={`badge ${within ? 'good' : 'bad'}`}>
            {within ? `P99 within ${BUDGET_MS} ms` : `P99 over ${BUDGET_MS} ms`}
          </span>
        )}
      </header>
      <dl class="figures latency">
        {Object.entries({ P50: p50, P90: p90, P99: p99, max }).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{figure(value, ' ms')}</dd>
          </div>
        ))}
      </dl>
      <Chart
        title="Latency"
        unit="ms"
        lines={[
          { label: 'P50', colour: 'muted' },
          { label: 'P99', colour: 'accent', filled: true },
        ]}
        read={() => {
          const { frames, ...axis } = chartWindow();
          const column = (at: number) => frames.map(({ latency }) => latency[at] ?? null);
          return { ...axis, lines: [column(1), column(3)], shaded: [] };
        }}
        atLeast={BUDGET_MS * 1.2}
        limit={BUDGET_MS}
        periodMs={500}
        format={(value) => figure(value)}
      />
      <dl class="counts">
        <Count name="indications" value={counts?.indications} />
        <Count name="missed" value={counts?.missed} isFault />
        <Count name="controls acknowledged" value={counts?.controlsAcknowledged} />
        <Count name="refused" value={counts?.controlsRefused} />
        <Count name="failed" value={counts?.controlsFailed} isFault />
        <Count name="timed out" value={counts?.controlsTimedOut} isFault />
        <Count name="effective" value={counts?.effectsEffective} />
        <Count name="not effective" value={counts?.effectsIneffective} />
        <Count name="not measured" value={counts?.effectsNotMeasured} />
      </dl>
    </section>
  );
}

interface CountProps {
  readonly name: string;
  readonly value: number | undefined;
  readonly isFault?: boolean;
}

function Count({ name, value, isFault = false }: CountProps) {
  return (
    <div class={isFault && (value ?? 0) > 0 ? 'bad' : ''}>
      <dt>{name}</dt>
      <dd>{counted(value)}</dd>
    </div>
  );
}
