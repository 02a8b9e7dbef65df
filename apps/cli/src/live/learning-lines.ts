import pc from 'picocolors';
import {
  LEARNING_LEVELS,
  MODEL_POLICY_TYPES,
  type AdaptationVerdict,
  type RicStatus,
  type RoundClosed,
} from '@ricochet/contracts';
import { shortName } from './short-name.js';
import { type ViewState } from './view-state.js';

/** The aggregator's latest round of each level: version, adoption, every DU's TD-error variance and weight. */
export function learningLines({ rounds, status }: ViewState): string[] {
  const heard = LEARNING_LEVELS.flatMap((level) => rounds.get(level) ?? []);
  if (heard.length === 0) return [];
  return [
    '',
    pc.bold('Learning'),
    ...heard.flatMap((round) => [
      `  ${roundOf(round)}; ${adoptionOf(round, status)}`,
      `    ${pc.dim('σ² and weight')}  ${round.contributions.map(contributionOf).join('  ')}`,
      ...adaptationLine(round),
    ]),
  ];
}

function roundOf({
  level,
  round,
  modelVersion,
  closedBy,
  missing,
  updateMs,
  note,
  weighting,
}: RoundClosed): string {
  const closed =
    closedBy === 'all'
      ? 'all contributed'
      : pc.yellow(`closed by the ${closedBy}, without ${missing.length}`);
  const update = updateMs === undefined ? '' : `, published in ${updateMs.toFixed(1)} ms`;
  const remark = note === undefined ? '' : `, ${pc.yellow(note)}`;
  return `${level} level: round ${round} (${weighting}), ${closed}${update}, model ${pc.cyan(`v${modelVersion}`)}${remark}`;
}

/** Which version the xApp of the level enforces. */
function adoptionOf({ level }: RoundClosed, status: RicStatus | undefined): string {
  const { policyTypeId } = MODEL_POLICY_TYPES[level];
  const policy = status?.policies.find((one) => one.policyTypeId === policyTypeId);
  if (policy === undefined) return pc.yellow('no policy at the Near-RT RIC');
  const version = `v${String(policy.policy['modelVersion'])}`;
  if (policy.enforceStatus === 'ENFORCED') return pc.green(`${version} enforced`);
  const { enforceReason = 'no reason given' } = policy;
  // Some are on their way at any moment.
  const colour = enforceReason.endsWith('has not answered yet') ? pc.dim : pc.yellow;
  return colour(`${version} not enforced: ${enforceReason}`);
}

/** What came of the DUs' adaptation, where there was one: names of those for whom something changed. */
function adaptationLine({ contributions }: RoundClosed): string[] {
  const of = (verdict: AdaptationVerdict) =>
    contributions.filter(({ adaptation }) => adaptation === verdict).map(({ nodeId }) => shortName(nodeId));
  const [accepted, reverted, kept] = [of('accepted'), of('reverted'), of('kept')];
  if (accepted.length + reverted.length + kept.length === 0) return [];
  return [
    `    ${pc.dim('adaptation')}  ${pc.green(`${accepted.length} accepted`)}${inBrackets(accepted)}, ` +
      `${kept.length} kept, ${reverted.length} reverted${inBrackets(reverted)}`,
  ];
}

function inBrackets(names: readonly string[]): string {
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}

function contributionOf({ nodeId, tdVariance, weight }: RoundClosed['contributions'][number]): string {
  return `${shortName(nodeId)} ${short(tdVariance)} ${pc.cyan(short(weight))}`;
}

/** Three digits after the point, without the zero before it: the line has to hold many. */
function short(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}
