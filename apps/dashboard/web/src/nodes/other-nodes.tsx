import { type NodeStatus, type SliceUse } from '@ricochet/contracts';
import { parseSNssai } from '@ricochet/ran-types';
import { figure, percent } from '../data/format.js';
import { nodeName, sliceName } from '../data/slice-names.js';
import { page, useNews } from '../view/page.js';
import { Use } from './use.js';

/** Nodes that are connected and not emulated: of them only the RIC knows. */
export function OtherNodes() {
  useNews(1_000);
  const own = new Set(page.store.run?.nodeIds);
  const others = (page.shown().ric?.nodes ?? [])
    .filter(({ nodeId }) => !own.has(nodeId))
    .sort((a, b) => a.nodeId.localeCompare(b.nodeId, 'en', { numeric: true }));
  if (others.length === 0) return null;
  return (
    <>
      <h3>Nodes that are not emulated</h3>
      <ul class="other-nodes">
        {others.map((node) => (
          <OtherNode key={node.nodeId} {...node} />
        ))}
      </ul>
    </>
  );
}

function OtherNode({ nodeId, state, transport, profile, peer, refusedPdus, limit, slices }: NodeStatus) {
  return (
    <li>
      <i class={`state ${state === 'connected' ? 'on' : 'lost'}`} aria-hidden="true" />
      <strong title={nodeId}>{nodeName(nodeId)}</strong>
      <span class="muted">
        {state}, {profile} over {transport === 'sctp' ? `SCTP from ${peer}` : 'NATS'}
        {refusedPdus > 0 && `, ${refusedPdus} PDUs could not be read`}
      </span>
      {limit !== undefined && <span class="limit">{limit}</span>}
      {state === 'connected' && slices !== undefined && (
        <ul aria-label={`Slices of ${nodeName(nodeId)}`}>
          {slices.map((slice) => (
            <OtherSlice key={slice.of} {...slice} />
          ))}
        </ul>
      )}
    </li>
  );
}

function OtherSlice({ of, used, deliveredKbps, minRatio, maxRatio }: SliceUse) {
  const { name, className } = sliceName(parseSNssai(of)?.sst ?? 0);
  return (
    <li class={className}>
      <span class="dot" aria-hidden="true" /> {name}
      <Use used={100 * (used ?? 0)} min={minRatio} max={maxRatio} />
      <span class="number">
        {percent(used)}, {figure(deliveredKbps === null ? null : deliveredKbps / 1_000, ' Mbit/s')}
      </span>
    </li>
  );
}
