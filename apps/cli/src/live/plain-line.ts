import { otherNodes, slaMetShare, type ViewState } from './view-state.js';

/** The state of things on one line. */
export function plainLine(state: ViewState): string {
  const { sample, status, rounds, emulatesNodes } = state;
  const xapps =
    status?.xapps.map(({ name, state }) => `${name} ${state}`).join(', ') ?? 'Near-RT RIC starting';
  const others = otherNodes(state);
  if (!emulatesNodes) return `E2 nodes: ${others.join(', ') || 'none yet'}; ${xapps}`;
  if (sample === undefined) return `waiting for the E2 simulator; ${xapps}`;
  const sla = [...slaMetShare(sample)]
    .map(([type, share]) => `${type} ${(100 * share).toFixed(0)} %`)
    .join(', ');
  const models = [...rounds.values()].map(
    ({ level, round, modelVersion }) => `; ${level} level round ${round}, model v${modelVersion}`,
  );
  const { p50Ms, p99Ms } = sample.loopLatency;
  return (
    `${(sample.timeMs / 1000).toFixed(1)} s: ${sample.connectedNodes}/${sample.nodes.length} nodes${others.map((node) => `, ${node}`).join('')}; ${xapps}; ` +
    `SLA met in ${sla} of DUs; loop p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms${models.join('')}`
  );
}
