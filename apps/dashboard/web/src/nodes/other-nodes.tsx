import { page, useNews } from '../view/page.js';

/** Nodes that are connected and not emulated: of them only the RIC knows. */
export function OtherNodes() {
  useNews(1_000);
  const own = new Set(page.store.run?.nodeIds);
  const others = (page.shown().ric?.nodes ?? []).filter(({ nodeId }) => !own.has(nodeId));
  if (others.length === 0) return null;
  return (
    <>
      <h3>Nodes that are not emulated</h3>
      <ul class="other-nodes">
        {others.map(({ nodeId, state, transport, profile, peer, refusedPdus }) => (
          <li key={nodeId}>
            <i class={`state ${state === 'connected' ? 'on' : 'lost'}`} aria-hidden="true" />
            <strong>{nodeId}</strong>
            <span class="muted">
              {state}, {profile} over {transport === 'sctp' ? `SCTP from ${peer}` : 'NATS'}
              {refusedPdus > 0 && `, ${refusedPdus} PDUs could not be read`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
