import { type Scenario } from '@ricochet/scenario';
import { type Comparison, type Verdict } from '../compare/comparison.js';
import { checksOf, type RunOutcome } from '../run/run-outcome.js';
import { learningLines, percent, recoveryLines } from '../run/summary-table.js';
import { type RunSummary } from '../run/summary.js';

const CONFIDENCE = 0.95;

/** What a report begins with: what was played, and what came of it, a line each. */
export function leadText(
  scenario: Scenario,
  outcomes: readonly RunOutcome[],
  comparison?: Comparison,
): string {
  const summaries = outcomes.flatMap(({ summary }) => summary ?? []);
  const [first] = summaries;
  const { network } = scenario;
  return [
    ...(scenario.description === undefined ? [] : [`${scenario.description}.`.replace(/\.\.$/, '.')]),
    `${network.cells} DUs with ${network.uesPerCell} UEs each, ${played(outcomes, first)}.`,
    ...outcomes.flatMap(({ fault, seed, method = '' }) =>
      fault === undefined ? [] : [`${method} seed ${seed} did not come to its end: ${fault}`.trim()],
    ),
    ...(comparison === undefined ? verdictLines(outcomes, summaries) : differenceLines(comparison)),
    ...(first !== undefined && outcomes.length === 1
      ? [...recoveryLines(first), ...learningLines(first)]
      : []),
  ].join('\n');
}

function played(outcomes: readonly RunOutcome[], first: RunSummary | undefined): string {
  const seeds = [...new Set(outcomes.map(({ seed }) => seed))];
  const controllers = [
    ...new Set(outcomes.flatMap(({ method, summary }) => method ?? summary?.controller ?? [])),
  ];
  const seconds = first === undefined ? '' : `${first.simulatedMs / 1_000} s of simulation time, `;
  const of = seeds.length === 1 ? `seed ${seeds[0]}` : `${seeds.length} seeds (${seeds.join(', ')})`;
  return `${seconds}${first?.mode ?? ''} with ${controllers.join(' and ')}, ${of}`;
}

function verdictLines(outcomes: readonly RunOutcome[], summaries: readonly RunSummary[]): string[] {
  const checks = outcomes.flatMap(checksOf);
  const held = checks.filter(({ passed }) => passed).length;
  const mean = (of: (summary: RunSummary) => number): number =>
    summaries.reduce((sum, summary) => sum + of(summary), 0) / summaries.length;
  const hasAssertions = summaries.some(({ assertions = [] }) => assertions.length > 0);
  return [
    ...(hasAssertions ? [`${held} of ${checks.length} assertions hold.`] : []),
    ...(summaries.length === 0
      ? []
      : [
          `Mean QoS ${mean(({ meanQos }) => meanQos).toFixed(3)}, SLA met in ` +
            `${percent(mean(({ slaSatisfaction }) => slaSatisfaction))} of the periods.`,
        ]),
  ];
}

/** In which KPIs each method is better or worse than the first. */
function differenceLines({ methods, kpis, seeds }: Comparison): string[] {
  const [first = '', ...others] = methods;
  const lines = others.map((other) => {
    const named = kpis.map(({ kpi, slice, differences }) => ({
      name: `${slice} ${kpi.title.replace(/, .*$/, '')}`,
      verdict: differences.find(({ method }) => method === other)?.verdict ?? 'open',
    }));
    const of = (wanted: Verdict): string[] =>
      named.filter(({ verdict }) => verdict === wanted).map(({ name }) => name);
    const part = (words: string, names: readonly string[]): string[] =>
      names.length === 0 ? [] : [`${words} ${names.join(', ')}`];
    const told = [...part('better in', of('better')), ...part('worse in', of('worse'))];
    if (told.length === 0) return `${other} against ${first}: nothing that ${seeds.length} seeds tell apart.`;
    return `${other} against ${first}: ${told.join('; ')}; the others are not told apart.`;
  });
  const intervals = kpis.length * others.length;
  return [
    ...lines,
    ...(seeds.length < 2
      ? ['One seed tells no intervals.']
      : [
          `Differences are paired: for a seed all have the same network, traffic and events. Of ${intervals} intervals of 95 % ` +
            `about ${Math.ceil(intervals * (1 - CONFIDENCE))} miss by chance.`,
        ]),
  ];
}
