import Table from 'cli-table3';
import pc from 'picocolors';
import {
  type DecisionStatus,
  type NodeSample,
  type RicStatus,
  type SimulationSample,
} from '@ricochet/contracts';
import { parseSNssai, SLICE_TYPES, sliceTypeOf, type SliceType } from '@ricochet/ran-types';
import { learningLines } from './learning-lines.js';
import { shortName } from './short-name.js';
import { otherNodes, slaMetShare, sliceOf, type ViewState } from './view-state.js';

/** Lines around the table of DUs. */
const OTHER_LINES = 36;
const SHOWN_DECISIONS = 4;
const KBIT_PER_PERIOD_TO_MBPS = 1 / 100;

/** The live screen: what runs, every DU's slices, what the xApps decided and what came of it, the loop's latency. */
export function renderScreen(state: ViewState, rows: number): string {
  const { sample, status, lines, emulatesNodes, notice } = state;
  return [
    header(sample),
    services(state),
    ...(sample === undefined
      ? emulatesNodes
        ? ['', 'waiting for the first sample …']
        : []
      : ['', nodeTable(sample, Math.max(1, rows - OTHER_LINES))]),
    '',
    pc.bold('Decisions and their measured effect'),
    ...decisions(status?.decisions ?? []),
    ...learningLines(state),
    '',
    latency(sample, status),
    '',
    pc.bold('Log'),
    ...[...(status?.log.slice(-3) ?? []), ...lines].map((line) => pc.dim(`  ${line}`)),
    ...notice,
    pc.dim('Ctrl-C stops everything.'),
  ].join('\n');
}

function header(sample: SimulationSample | undefined): string {
  if (sample === undefined) return pc.bold('Ricochet');
  const { run, timeMs, realTimeFactor } = sample;
  return (
    `${pc.bold('Ricochet')}  ${run.scenario}, seed ${run.seed}, controller ${pc.cyan(run.controller)}  ` +
    `${pc.bold(`${(timeMs / 1000).toFixed(1)} s`)} ${pc.dim(`× ${realTimeFactor.toFixed(2)}`)}`
  );
}

function services(state: ViewState): string {
  const { sample, status, emulatesNodes } = state;
  const own =
    sample === undefined ? 'starting' : `${sample.connectedNodes} of ${sample.nodes.length} connected`;
  const nodes = [...(emulatesNodes ? [own] : []), ...otherNodes(state)].join(', ') || 'none yet';
  const xapps = status?.xapps.map(
    ({ name, version, state, cause, restarts, subscriptionsFailed, skipped }) => {
      const colour = state === 'running' ? pc.green : pc.yellow;
      const notes = [
        ...(state === 'parked' ? [cause ?? 'no reason given'] : []),
        ...(restarts > 0 ? [`${restarts} restarts`] : []),
        ...(subscriptionsFailed > 0 ? [`${subscriptionsFailed} subscriptions failed`] : []),
        ...(skipped > 0 ? [`${skipped} reports skipped`] : []),
      ];
      return `${name} ${version} ${colour(state)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
    },
  );
  return `E2 nodes: ${nodes}   xApps: ${xapps?.join('   ') ?? pc.yellow('Near-RT RIC starting')}`;
}

function nodeTable(sample: SimulationSample, maxNodes: number): string {
  const table = new Table({
    head: ['DU', 'PRBs', ...SLICE_TYPES.map((type) => `${type}: quota, used, rate, P99, SLA`)],
    style: { head: ['bold'], border: ['dim'], compact: true },
  });
  const shown = sample.nodes.slice(0, maxNodes);
  for (const node of shown) table.push(nodeRow(node));
  const met = slaMetShare(sample);
  table.push([
    'all',
    '',
    ...SLICE_TYPES.map((type) => `SLA met in ${(100 * (met.get(type) ?? 0)).toFixed(0)} % of DUs`),
  ]);
  const hidden = sample.nodes.length - shown.length;
  return hidden > 0 ? `${table.toString()}\n… and ${hidden} more DUs` : table.toString();
}

function nodeRow(node: NodeSample): string[] {
  const name = shortName(node.nodeId);
  if (!node.active) return [name, pc.yellow('off'), '', '', ''];
  return [
    name,
    `${node.prbUsed.toFixed(0)}/${node.prbAvailable.toFixed(0)}`,
    ...SLICE_TYPES.map((type) => sliceCell(node, type)),
  ];
}

function sliceCell({ slices, prbAvailable }: NodeSample, type: SliceType): string {
  const slice = sliceOf(slices, type);
  if (slice === undefined) return '';
  const quota = `${slice.minRatio}${slice.maxRatio === slice.minRatio ? '' : `–${slice.maxRatio}`} %`;
  const used = `${((100 * slice.prbUsed) / prbAvailable).toFixed(0)} %`;
  const rate = `${(slice.deliveredKbit * KBIT_PER_PERIOD_TO_MBPS).toFixed(1)} Mb/s`;
  const delay = slice.delayP99Ms === null ? '–' : `${slice.delayP99Ms.toFixed(0)} ms`;
  const sla = slice.slaMet ? pc.green('met') : pc.red('missed');
  return `${quota.padStart(5)} ${used.padStart(5)} ${rate.padStart(9)} ${delay.padStart(6)} ${sla}`;
}

function decisions(all: readonly DecisionStatus[]): string[] {
  const quotas = all.filter(({ kind }) => kind === 'slice-quota').slice(0, SHOWN_DECISIONS);
  const weights = all.filter(({ kind }) => kind === 'ue-weights');
  const lines = quotas.map((decision) => {
    const shares = decision.shares.map(
      ({ of, asked, achieved }) =>
        `${sliceName(of)} ${(100 * asked).toFixed(0)} → ${(100 * achieved).toFixed(0)} %`,
    );
    return `  ${decision.xapp} at ${shortName(decision.nodeId)}: ${shares.join(', ')}  ${effectOf(decision)}`;
  });
  if (weights.length === 0) return lines.length > 0 ? lines : [pc.dim('  none yet')];
  const inForce = weights.filter(({ effective }) => effective === true).length;
  const xapps = [...new Set(weights.map(({ xapp }) => xapp))].join(', ');
  const troubled = weights.find(
    ({ effective, outcome }) => effective === false || outcome !== 'acknowledged',
  );
  return [
    ...lines,
    `  ${xapps}: UE weights in force at ${inForce} of ${weights.length} DUs` +
      (troubled === undefined ? '' : `; ${shortName(troubled.nodeId)}: ${effectOf(troubled)}`),
  ];
}

function effectOf({ outcome, cause, effective, reason }: DecisionStatus): string {
  if (outcome !== 'acknowledged') return pc.red(`${outcome}: ${cause ?? 'no reason given'}`);
  if (effective === undefined) return pc.dim('acknowledged, not measured yet');
  return effective ? pc.green('effective') : pc.red(`not effective: ${reason ?? ''}`);
}

function latency(sample: SimulationSample | undefined, status: RicStatus | undefined): string {
  const { p50Ms = 0, p90Ms = 0, p99Ms = 0, maxMs = 0 } = sample?.loopLatency ?? {};
  const counts = status?.counts;
  return (
    `${pc.bold('Loop')}  indication to control applied: p50 ${p50Ms.toFixed(2)} ms, p90 ${p90Ms.toFixed(2)} ms, ` +
    `${pc.bold(`p99 ${p99Ms.toFixed(2)} ms`)}, max ${maxMs.toFixed(2)} ms\n` +
    `      ${counts?.indications ?? 0} indications (${counts?.missed ?? 0} missed, ` +
    `${counts?.duplicates ?? 0} duplicates, ${counts?.late ?? 0} late), ` +
    `${counts?.controlsAcknowledged ?? 0} controls acknowledged, ${counts?.controlsRefused ?? 0} refused, ` +
    `${counts?.controlsFailed ?? 0} failed; ${counts?.effectsEffective ?? 0} effective, ${counts?.effectsIneffective ?? 0} not, ` +
    `${counts?.effectsNotMeasured ?? 0} not measured`
  );
}

function sliceName(text: string): string {
  const snssai = parseSNssai(text);
  return (snssai && sliceTypeOf(snssai)) ?? text;
}
