import { page, useNews, type Shown } from '../view/page.js';
import { OtherNodes } from './other-nodes.js';
import { Use } from './use.js';
import { figure, percent } from '../data/format.js';
import { nodeValue, usedPercent, valueAt } from '../data/figures.js';
import { nodeName, sliceName } from '../data/slice-names.js';

/** All DUs at a glance: for each slice its quota, what it uses of the PRBs, the 99th percentile of delay, the SLA. */
export function NodePanel() {
  useNews(500);
  const { run } = page.store;
  const shown = page.shown();
  const slices = run?.slices ?? [];
  return (
    <section class="panel nodes" aria-labelledby="nodes-title">
      <header>
        <h2 id="nodes-title">DUs</h2>
        <button
          type="button"
          class="chip"
          aria-pressed={page.view.du === null}
          onClick={() => page.look({ du: null })}
        >
          All DUs
        </button>
      </header>
      <div class="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">DU</th>
              <th scope="col">PRBs</th>
              {slices.map((sst) => (
                <th scope="col" key={sst} class={sliceName(sst).className}>
                  <span class="dot" aria-hidden="true" /> {sliceName(sst).name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(run?.nodeIds ?? []).map((nodeId, node) => (
              <NodeRow key={nodeId} nodeId={nodeId} node={node} slices={slices} shown={shown} />
            ))}
          </tbody>
        </table>
      </div>
      <OtherNodes />
    </section>
  );
}

interface NodeRowProps {
  readonly nodeId: string;
  readonly node: number;
  readonly slices: readonly number[];
  readonly shown: Shown;
}

function NodeRow({ nodeId, node, slices, shown: { frame, ric } }: NodeRowProps) {
  const row = frame?.nodes[node];
  const isOff = row !== undefined && nodeValue(row, 'active') < 1;
  const status = ric?.nodes.find((one) => one.nodeId === nodeId);
  const isConnected = status?.state === 'connected';
  const isSelected = page.view.du === node + 1;
  const used = nodeValue(row, 'prbUsed') / Math.max(1, nodeValue(row, 'prbAvailable'));
  return (
    <tr class={isSelected ? 'selected' : ''}>
      <th scope="row">
        <button
          type="button"
          class="node-name"
          aria-pressed={isSelected}
          title={nodeId}
          onClick={() => page.look({ du: isSelected ? null : node + 1 })}
        >
          <i class={`state ${isOff ? 'off' : isConnected ? 'on' : 'lost'}`} aria-hidden="true" />
          {nodeName(nodeId)}
          <span class="hidden">{isOff ? ', off' : isConnected ? '' : ', not connected'}</span>
        </button>
      </th>
      <td class="number">{isOff ? 'off' : percent(used)}</td>
      {slices.map((sst, slice) => {
        if (frame === undefined) return <td key={sst} />;
        const place = { node, slice };
        const met = valueAt(frame, place, 'slaMet') ?? 1;
        return (
          <td key={sst} class={`cell ${sliceName(sst).className}${met < 0.9995 ? ' missed' : ''}`}>
            <Use
              used={usedPercent(frame, place) ?? 0}
              min={valueAt(frame, place, 'minRatio')}
              max={valueAt(frame, place, 'maxRatio')}
            />
            <span class="number">{figure(valueAt(frame, place, 'delayP99Ms'), ' ms')}</span>
            <span class={`sla ${met < 0.9995 ? 'bad' : 'good'}`}>{met < 0.9995 ? percent(met) : 'met'}</span>
          </td>
        );
      })}
    </tr>
  );
}
