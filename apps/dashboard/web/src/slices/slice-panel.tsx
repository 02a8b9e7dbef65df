import { page, useNews } from '../view/page.js';
import { figure, kilobytes, percent } from '../data/format.js';
import { mbps, usedPercent, valueAt, type Place } from '../data/figures.js';
import { nodeName, sliceName } from '../data/slice-names.js';
import { type Frame, type SliceColumn } from '../../../src/feed/frame.js';
import { Chart, type ChartData } from './chart.js';
import { SlaBadge } from './sla-badge.js';
import { chartWindow, spansBelow } from './window.js';

const whole = (value: number | null | undefined): string =>
  figure(value === null || value === undefined ? value : Math.round(value)).replace(/\.0+$/, '');
/** Of the charts of a slice that is shown alone. */
const TALL_PX = 230;

const plain = (value: number | null | undefined): string => figure(value);

/** The slices of the DU that is in focus, or of all: figures and charts. */
export function SlicePanel() {
  useNews(500);
  const { run } = page.store;
  const { du, slice: focus } = page.view;
  const node = du === null ? null : du - 1;
  const name = node === null ? 'All DUs' : nodeName(run?.nodeIds[node] ?? `DU ${du}`);
  return (
    <section class="panel slices" aria-labelledby="slices-title">
      <header>
        <h2 id="slices-title">Slices</h2>
        <strong class="place">{name}</strong>
        <SpanChoice />
      </header>
      <div class={`slice-cards${focus === null ? '' : ' focused'}`}>
        {(run?.slices ?? []).map((sst, slice) =>
          focus === null || focus === sst ? <SliceCard key={sst} sst={sst} place={{ node, slice }} /> : null,
        )}
        {run === undefined && <p class="waiting">Waiting for the network …</p>}
      </div>
    </section>
  );
}

function SpanChoice() {
  return (
    <label class="span-choice">
      Charts span{' '}
      <select
        value={page.view.spanS}
        onChange={({ currentTarget }) => page.look({ spanS: Number(currentTarget.value) })}
      >
        <option value={30}>30 s</option>
        <option value={60}>1 min</option>
        <option value={120}>2 min</option>
        <option value={300}>5 min</option>
        <option value={600}>10 min</option>
      </select>
    </label>
  );
}

function SliceCard({ sst, place }: { readonly sst: number; readonly place: Place }) {
  const { name, className } = sliceName(sst);
  const { frame } = page.shown();
  const value = (column: SliceColumn): number | null => (frame ? valueAt(frame, place, column) : null);
  const isFocus = page.view.slice === sst;
  return (
    <article class={`slice-card ${className}`} aria-label={`Slice ${name}`}>
      <div class="slice-head">
        <h3>
          <button
            type="button"
            class="slice-name"
            aria-pressed={isFocus}
            title={isFocus ? 'Show all slices' : `Show ${name} alone`}
            onClick={() => page.look({ slice: isFocus ? null : sst })}
          >
            {name}
          </button>
        </h3>
        <SlaBadge met={value('slaMet')} of={place.node === null ? 'DUs and periods' : 'periods'} />
        <dl class="inline-figures">
          <Figure name="UEs" value={figure(value('ues')).replace(/\.\d+$/, '')} />
          <Figure name="quota" value={quotaText(value('minRatio'), value('maxRatio'))} />
          <Figure name="served" value={percent(value('servedShare'))} />
          <Figure name="dropped" value={percent(value('dropRate'))} />
          <Figure name="buffer" value={kilobytes(value('bufferBytes'))} />
        </dl>
      </div>
      <Charts className={className} place={place} limitMs={delayLimitMs(sst)} isTall={isFocus} />
    </article>
  );
}

/** What the slice was promised, as far as a model's policy tells it. */
function delayLimitMs(sst: number): number | undefined {
  const { ric } = page.shown();
  for (const { policy } of ric?.policies ?? []) {
    const limits =
      (policy['sla'] as Readonly<Record<string, Readonly<Record<string, number>>>> | undefined) ?? {};
    const limit = limits[sliceName(sst).name]?.['maxDelayP99Ms'];
    if (limit !== undefined) return limit;
  }
  return undefined;
}

function quotaText(min: number | null, max: number | null): string {
  if (min === null || max === null) return '–';
  const [low, high] = [Math.round(min), Math.round(max)];
  return low === high ? `${low} %` : `${low}–${high} %`;
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

interface ChartsProps {
  readonly className: string;
  readonly place: Place;
  readonly limitMs: number | undefined;
  readonly isTall: boolean;
}

function Charts({ className, place, limitMs, isTall }: ChartsProps) {
  const size = isTall ? { heightPx: TALL_PX } : {};
  /** Of all DUs some slice misses some SLA most of the time: it would shade all. */
  const missedSpans = (xs: readonly number[], frames: readonly Frame[]): ChartData['shaded'] =>
    place.node === null
      ? []
      : spansBelow(
          xs,
          frames.map((frame) => valueAt(frame, place, 'slaMet')),
        );
  const read = (columns: (frame: Frame) => (number | null)[]) => (): ChartData => {
    const { frames, xs, fromS, toS, marks } = chartWindow();
    const rows = frames.map(columns);
    const lines = (rows[0] ?? []).map((_, i) => rows.map((row) => row[i] ?? null));
    return { xs, lines, fromS, toS, marks, shaded: missedSpans(xs, frames) };
  };
  return (
    <div class="charts">
      <Chart
        title="Rate"
        unit="Mbit/s"
        lines={[
          { label: 'offered', colour: 'muted', filled: true },
          { label: 'delivered', colour: className },
        ]}
        read={read((frame) => [mbps(frame, place, 'offeredKbit'), mbps(frame, place, 'deliveredKbit')])}
        atLeast={1}
        format={plain}
        {...size}
      />
      <Chart
        title="PRBs"
        unit="%"
        lines={[
          { label: 'max', colour: 'muted', dashed: true, stepped: true },
          { label: 'min', colour: 'muted', stepped: true },
          { label: 'used', colour: className, filled: true },
        ]}
        read={read((frame) => [
          valueAt(frame, place, 'maxRatio'),
          valueAt(frame, place, 'minRatio'),
          usedPercent(frame, place),
        ])}
        atLeast={20}
        format={whole}
        {...size}
      />
      <Chart
        title="Packet delay"
        unit={place.node === null ? 'ms, P99: the worst' : 'ms'}
        lines={[
          { label: 'mean', colour: 'muted' },
          { label: 'P99', colour: className },
        ]}
        read={read((frame) => [valueAt(frame, place, 'delayMeanMs'), valueAt(frame, place, 'delayP99Ms')])}
        atLeast={100}
        isLog
        limit={limitMs}
        format={plain}
        {...size}
      />
    </div>
  );
}
