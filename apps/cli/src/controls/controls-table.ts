import Table from 'cli-table3';
import { type RicControls } from '@ricochet/contracts';
import { formatSNssai, type RrmPolicyRatio, type SNssai } from '@ricochet/ran-types';
import { shortName } from '../live/short-name.js';

type Control = RicControls['controls'][number];
type Conflict = RicControls['conflicts'][number];

const ASKED_COLUMNS = 26;
const WORDS_COLUMNS = 36;

/** What became of controls, for people: newest last. */
export function controlsTable({ controls, conflicts }: RicControls): string {
  if (controls.length === 0 && conflicts.length === 0) return 'no controls yet';
  const table = new Table({
    head: ['at', 'xApp', 'node', 'asked', 'arbitrated', 'acknowledged', 'effective'],
    colWidths: [null, null, null, ASKED_COLUMNS, WORDS_COLUMNS, WORDS_COLUMNS, WORDS_COLUMNS],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const control of [...controls].reverse()) {
    const { answeredAtMs, xapp, nodeId } = control;
    table.push([
      `${answeredAtMs} ms`,
      xapp,
      shortName(nodeId),
      askedOf(control),
      arbitratedOf(control),
      acknowledgedOf(control),
      effectOf(control),
    ]);
  }
  const others = [...conflicts]
    .reverse()
    .map(({ atMs, nodeId, ...conflict }) => `${atMs} ms, ${shortName(nodeId)}: ${conflictLine(conflict)}`);
  return [table.toString(), ...others].join('\n');
}

function askedOf({ kind, asked }: Control): string {
  if (kind === 'slice-quota') {
    const { ratios } = asked as { ratios: readonly RrmPolicyRatio[] };
    return ratios
      .map(({ snssai, minRatio, maxRatio }) => `${formatSNssai(snssai)}: ${minRatio}..${maxRatio} %`)
      .join(', ');
  }
  const { slices } = asked as { slices: readonly { snssai: SNssai; ues: number }[] };
  return `weights of ${slices.map(({ snssai, ues }) => `${ues} UEs in ${formatSNssai(snssai)}`).join(', ')}`;
}

function arbitratedOf({ outcome, conflicts }: Control): string {
  if (conflicts.length > 0) return conflicts.map(conflictWords).join('; ');
  return outcome === 'refused' ? 'not tried' : 'granted';
}

function conflictWords({ decision, text }: Pick<Conflict, 'decision' | 'text'>): string {
  return `${decision}: ${text}`;
}

function conflictLine({ xapp, priority, ...conflict }: Omit<Conflict, 'atMs' | 'nodeId'>): string {
  return `${conflict.control} of ${xapp} (priority ${priority}) ${conflictWords(conflict)}`;
}

function acknowledgedOf({ outcome, cause, ackLatencyMs, conflicts }: Control): string {
  if (conflicts.some(({ decision }) => decision === 'refused')) return 'not sent';
  const after = ackLatencyMs === undefined ? '' : ` after ${ackLatencyMs.toFixed(1)} ms`;
  if (outcome === 'acknowledged') return `yes${after}${cause === undefined ? '' : `: ${cause}`}`;
  return `${outcome}: ${cause ?? 'no reason given'}`;
}

function effectOf({ outcome, effect }: Control): string {
  if (outcome !== 'acknowledged') return '–';
  if (effect === undefined) return 'not measured yet';
  const { effective, delayMs, reason, shares } = effect;
  const achieved = shares
    .map(
      ({ of, achieved, limit }) => `${of}: ${percent(achieved)}${limit === undefined ? '' : ` (${limit})`}`,
    )
    .join(', ');
  const parts = [
    effective ? `yes, within ${delayMs ?? '?'} ms` : 'no',
    ...(reason === undefined ? [] : [reason]),
    ...(achieved === '' ? [] : [achieved]),
  ];
  return parts.join('; ');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
