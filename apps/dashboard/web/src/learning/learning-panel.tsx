import { LEARNING_LEVELS_OF_PAGE, type Level } from './levels.js';
import { type RoundClosed } from '@ricochet/contracts';
import { figure, percent } from '../data/format.js';
import { nodeName } from '../data/slice-names.js';
import { page, useNews } from '../view/page.js';

const SHOWN_VERSIONS = 9;

/** The aggregator's rounds, the weight of each DU in the latest, and which model came of which. */
export function LearningPanel() {
  useNews(1_000);
  const { timeMs, nonrt } = page.shown();
  const { atMs } = page.view;
  const rounds = page.store.rounds.filter((round) => atMs === null || round.timeMs <= timeMs);
  const isIdle = rounds.length === 0 && (nonrt?.models.length ?? 0) === 0;
  return (
    <section class="panel learning" aria-labelledby="learning-title">
      <header>
        <h2 id="learning-title">Learning</h2>
        {nonrt?.rapps.map(({ name, version, state, cause }) => (
          <span key={name} class={`badge ${state === 'running' ? 'good' : ''}`} title={cause}>
            {name} {version} {state}
          </span>
        ))}
      </header>
      {isIdle && (
        <p class="waiting">Nothing learns here: the xApps decide by rules, or no round has closed yet.</p>
      )}
      {LEARNING_LEVELS_OF_PAGE.map((level) => (
        <LevelView
          key={level.name}
          level={level}
          rounds={rounds.filter((round) => round.level === level.name)}
        />
      ))}
    </section>
  );
}

function LevelView({ level, rounds }: { readonly level: Level; readonly rounds: readonly RoundClosed[] }) {
  const { nonrt, ric } = page.shown();
  const model = nonrt?.models.find((one) => one.level === level.name);
  const last = rounds[rounds.length - 1];
  if (last === undefined && model === undefined) return null;
  const policy = ric?.policies.find(({ policyTypeId }) => policyTypeId === level.policyTypeId);
  return (
    <article class="level">
      <h3>
        {level.title}
        {model !== undefined && <span class="badge">model v{model.version}</span>}
        {policy !== undefined && <Enforced status={policy.enforceStatus} reason={policy.enforceReason} />}
      </h3>
      {last !== undefined && (
        <p class="round-line">
          Round {last.round}, {last.weighting}, closed by {CLOSED_BY[last.closedBy]}
          {last.updateMs !== undefined && <>, updated in {figure(last.updateMs, ' ms')}</>}
          {last.missing.length > 0 && <>, {last.missing.length} missing</>}
        </p>
      )}
      {last?.note !== undefined && <p class="cause">{last.note}</p>}
      <Lineage rounds={rounds} />
      {last !== undefined && last.contributions.length > 0 && <Weights round={last} />}
    </article>
  );
}

const CLOSED_BY = { all: 'all DUs', deadline: 'its deadline', 'next-round': 'the next one' } as const;

function Enforced({ status, reason }: { readonly status: string; readonly reason: string | undefined }) {
  const isEnforced = status === 'ENFORCED';
  return (
    <span class={`badge ${isEnforced ? 'good' : 'bad'}`} title={reason}>
      {isEnforced ? 'enforced' : 'not enforced'}
    </span>
  );
}

/** The versions that came of the latest rounds, each from the one before unless it says otherwise. */
function Lineage({ rounds }: { readonly rounds: readonly RoundClosed[] }) {
  const made = rounds
    .filter(({ baseVersion, modelVersion }) => baseVersion !== modelVersion)
    .slice(-SHOWN_VERSIONS);
  const [first] = made;
  if (first === undefined) return null;
  return (
    <ol class="lineage" aria-label="Versions of the model">
      <li class="version">v{first.baseVersion}</li>
      {made.map(({ round, modelVersion, rolledBack, contributions }) => (
        <li
          key={round}
          class={`version${rolledBack ? ' rolled-back' : ''}`}
          title={`round ${round}: ${rolledBack ? 'rolled back' : `from ${contributions.length} DUs`}`}
        >
          <span aria-hidden="true">{rolledBack ? '↩' : '→'}</span>
          {rolledBack && <span class="hidden">rolled back to</span>} v{modelVersion}
        </li>
      ))}
    </ol>
  );
}

function Weights({ round: { contributions } }: { readonly round: RoundClosed }) {
  const most = Math.max(...contributions.map(({ weight }) => weight), 1e-9);
  return (
    <table class="weights">
      <thead>
        <tr>
          <th scope="col">DU</th>
          <th scope="col">weight</th>
          <th scope="col">TD variance</th>
          <th scope="col">reward</th>
          <th scope="col">adaptation</th>
        </tr>
      </thead>
      <tbody>
        {contributions.map(({ nodeId, weight, smoothedTdVariance, meanReward, adaptation }) => (
          <tr key={nodeId}>
            <th scope="row">{nodeName(nodeId)}</th>
            <td>
              <span class="weight-bar" aria-hidden="true">
                <i style={{ width: `${(100 * weight) / most}%` }} />
              </span>
              {percent(weight)}
            </td>
            <td class="number">{smoothedTdVariance.toPrecision(2)}</td>
            <td class="number">{figure(meanReward)}</td>
            <td class={adaptation === 'accepted' ? 'good' : 'muted'}>{adaptation ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
