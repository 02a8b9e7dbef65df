import { type DecisionStatus } from '@ricochet/contracts';
import { parseSNssai } from '@ricochet/ran-types';
import { counted, percent } from '../data/format.js';
import { nodeName, sliceName } from '../data/slice-names.js';
import { type Ric } from '../data/store.js';
import { page, useNews } from '../view/page.js';

/** The xApps, and what became of their latest decisions. */
export function XAppPanel() {
  useNews(1_000);
  const { ric } = page.shown();
  return (
    <section class="panel xapps" aria-labelledby="xapps-title">
      <header>
        <h2 id="xapps-title">xApps</h2>
      </header>
      {ric === null ? <p class="waiting">Waiting for the Near-RT RIC …</p> : <XApps ric={ric} />}
      <h3>Decisions and their measured effect</h3>
      <Decisions all={ric?.decisions ?? []} />
    </section>
  );
}

const TONE: Readonly<Record<string, string>> = { running: 'good', parked: 'bad', lost: 'bad' };

function XApps({ ric: { xapps } }: { readonly ric: Ric }) {
  return (
    <ul class="xapp-list">
      {xapps.map(({ name, version, state, cause, controls, restarts, skipped, ...subscriptions }) => (
        <li key={name}>
          <strong>{name}</strong> <span class="muted">{version}</span>
          <span class={`badge ${TONE[state] ?? ''}`} title={cause}>
            {state}
          </span>
          <span class="notes">
            {counted(controls)} controls, {subscriptions.subscriptionsActive} subscriptions
            {subscriptions.subscriptionsFailed > 0 && `, ${subscriptions.subscriptionsFailed} failed`}
            {restarts > 0 && `, ${restarts} restarts`}
            {skipped > 0 && `, ${counted(skipped)} reports skipped`}
          </span>
          {cause !== undefined && <span class="cause">{cause}</span>}
        </li>
      ))}
      {xapps.length === 0 && <li class="waiting">None is deployed.</li>}
    </ul>
  );
}

/** The latest quotas, a row a DU, and in how many DUs the latest weights of UEs are in force. */
function Decisions({ all }: { readonly all: readonly DecisionStatus[] }) {
  const { run } = page.store;
  const { du } = page.view;
  const chosen = du === null ? undefined : run?.nodeIds[du - 1];
  const quotas = all
    .filter(({ kind, nodeId }) => kind === 'slice-quota' && (chosen === undefined || nodeId === chosen))
    .sort((a, b) => a.nodeId.localeCompare(b.nodeId, 'en', { numeric: true }));
  const weights = all.filter(({ kind }) => kind === 'ue-weights');
  const slices = run?.slices ?? slicesOf(quotas);
  if (all.length === 0) return <p class="waiting">None yet.</p>;
  return (
    <>
      <div class="table-scroll">
        <table class="decisions">
          <thead>
            <tr>
              <th scope="col">DU</th>
              {slices.map((sst) => (
                <th scope="col" key={sst} class={sliceName(sst).className}>
                  <span class="dot" aria-hidden="true" /> {sliceName(sst).name}
                </th>
              ))}
              <th scope="col">effect</th>
            </tr>
          </thead>
          <tbody>
            {quotas.map((decision) => (
              <QuotaRow key={`${decision.xapp} ${decision.nodeId}`} decision={decision} slices={slices} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted">Share of the PRBs, asked → achieved.</p>
      <WeightsLine all={weights} />
    </>
  );
}

/** SST of the slices that quotas are about, where no run tells of any. */
function slicesOf(quotas: readonly DecisionStatus[]): number[] {
  const told = quotas.flatMap(({ shares }) => shares.map(({ of }) => parseSNssai(of)?.sst ?? 0));
  return [...new Set(told)].sort((a, b) => a - b);
}

function QuotaRow({
  decision,
  slices,
}: {
  readonly decision: DecisionStatus;
  readonly slices: readonly number[];
}) {
  const { tone, text, why } = effectOf(decision);
  return (
    <>
      <tr title={`by ${decision.xapp}`}>
        <th scope="row">{nodeName(decision.nodeId)}</th>
        {slices.map((sst) => {
          const share = decision.shares.find(({ of }) => parseSNssai(of)?.sst === sst);
          if (share === undefined)
            return (
              <td key={sst} class="muted">
                –
              </td>
            );
          return (
            <td key={sst} title={share.limit === undefined ? undefined : `limited by ${share.limit}`}>
              <span class="muted">{Math.round(100 * share.asked)} →</span> {percent(share.achieved)}
            </td>
          );
        })}
        <td class="effect">
          <span class={`badge ${tone}`} title={why}>
            {text}
          </span>
        </td>
      </tr>
      {tone === 'bad' && why !== undefined && (
        <tr class="why">
          <td colSpan={slices.length + 2} class="cause">
            {why}
          </td>
        </tr>
      )}
    </>
  );
}

function WeightsLine({ all }: { readonly all: readonly DecisionStatus[] }) {
  const [first] = all;
  if (first === undefined) return null;
  const effects = all.map(effectOf);
  const inForce = effects.filter(({ tone }) => tone === 'good').length;
  const trouble = effects.find(({ tone }) => tone === 'bad');
  return (
    <p>
      <strong>{[...new Set(all.map(({ xapp }) => xapp))].join(', ')}</strong>: weights of UEs in force at{' '}
      {inForce} of {all.length} DUs
      {trouble !== undefined && <span class="cause">{trouble.why ?? trouble.text}</span>}
    </p>
  );
}

interface ShownEffect {
  readonly tone: '' | 'good' | 'bad';
  readonly text: string;
  readonly why: string | undefined;
}

function effectOf({ outcome, cause, effective, reason }: DecisionStatus): ShownEffect {
  if (outcome !== 'acknowledged') return { tone: 'bad', text: outcome, why: cause };
  if (effective === undefined)
    return { tone: '', text: 'acknowledged', why: 'its effect is not measured yet' };
  return effective
    ? { tone: 'good', text: 'effective', why: reason }
    : { tone: 'bad', text: 'not effective', why: reason };
}
