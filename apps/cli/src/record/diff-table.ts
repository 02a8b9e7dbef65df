import Table from 'cli-table3';
import { SLICE_TYPES } from '@ricochet/ran-types';
import { type Figure, type RecordingDiff, type SliceFigures } from './diff.js';

/** What differs between two recordings, for people. */
export function diffTable(diff: RecordingDiff, names: { readonly a: string; readonly b: string }): string {
  const { parting, messages, decisions, slices } = diff;
  if (parting === undefined) return `${names.a} and ${names.b} are the same`;
  const counts = table(['after that', names.a, names.b, 'differ']);
  for (const [kind, { a, b }] of Object.entries(messages)) counts.push([`messages: ${kind}`, a, b, '']);
  for (const [xapp, { a, b, differ }] of Object.entries(decisions)) {
    counts.push([`decisions of ${xapp}`, a, b, differ]);
  }
  const kpis = table(['slice', 'KPI', names.a, '', names.b, '']);
  kpis.push(['', '', 'mean', 'p99', 'mean', 'p99']);
  for (const type of SLICE_TYPES) {
    const { a, b } = slices[type];
    kpis.push([type, 'delivered, Mbit/s', ...two(a.deliveredMbps), ...two(b.deliveredMbps)]);
    kpis.push(['', 'delay, ms', ...two(a.delayMs), ...two(b.delayMs)]);
    kpis.push(['', 'QoS', ...two(a.qos), ...two(b.qos)]);
    kpis.push(['', 'SLA met', met(a), '', met(b), '']);
  }
  const part = parting.text
    .replace('\n  recorded:', `\n  ${names.a}:`)
    .replace('\n  came:', `\n  ${names.b}:`);
  return [`they part at ${part}`, counts.toString(), kpis.toString()].join('\n');
}

function table(head: string[]): InstanceType<typeof Table> {
  const colAligns = head.map((_, i) => (i === 0 ? ('left' as const) : ('right' as const)));
  return new Table({ head, colAligns, style: { head: [], border: [] } });
}

const two = ({ mean, p99 }: Figure): [string, string] => [text(mean), text(p99)];
const text = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
const met = ({ slaMet }: SliceFigures): string => (slaMet === null ? '–' : `${(100 * slaMet).toFixed(1)} %`);
