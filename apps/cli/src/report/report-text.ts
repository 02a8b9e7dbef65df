import { SLICE_TYPES } from '@ricochet/ran-types';
import { type Scenario } from '@ricochet/scenario';
import { type Comparison, type Verdict } from '../compare/comparison.js';
import { notReachedLines } from '../run/assertion-table.js';
import { notReachedIn, runTitle, type RunOutcome } from '../run/run-outcome.js';
import { meanOrNull } from '../run/mean.js';
import { overSeeds } from '../run/seed-statistics.js';
import { learningLines, percent, recoveryLines } from '../run/summary-table.js';
import { type RunSummary } from '../run/summary.js';

/** An interval of 95 % misses so often. */
const MISSED_SHARE = 0.05;

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
    ...outcomes.flatMap(({ fault, ...outcome }) =>
      fault === undefined ? [] : [`${runTitle(outcome)} did not come to its end: ${fault}`],
    ),
    ...(comparison === undefined ? verdictLines(outcomes, summaries) : differenceLines(comparison)),
    ...notReachedLines(notReachedIn(outcomes)),
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
  // A run without an end counts with all that it did not come to.
  const assertions = overSeeds(outcomes.map(({ summary }) => summary?.assertions));
  const held = assertions.reduce((sum, { passed }) => sum + passed, 0);
  const mean = (of: (summary: RunSummary) => number): number => meanOrNull(summaries.map(of)) ?? 0;
  return [
    ...(assertions.length > 0 ? [`${held} of ${assertions.length * outcomes.length} assertions hold.`] : []),
    ...(summaries.length === 0
      ? []
      : [
          `Mean QoS ${mean(({ meanQos }) => meanQos).toFixed(3)}, SLA met in ` +
            `${percent(mean(({ slaSatisfaction }) => slaSatisfaction))} of the periods.`,
        ]),
  ];
}

const VERDICTS: readonly (readonly [verdict: Verdict, words: string])[] = [
  ['better', 'better in'],
  ['worse', 'worse in'],
  ['differs', 'other in'],
];

/** In which KPIs of each slice a method is better or worse than the first, a line a slice. */
function differenceLines({ methods, kpis, seeds }: Comparison): string[] {
  const [first = '', ...others] = methods;
  const lines = others.map((other) => {
    const told = [...SLICE_TYPES, 'all' as const].flatMap((slice) => {
      const own = kpis.filter((quantity) => quantity.slice === slice);
      const of = (wanted: Verdict): string =>
        own
          .filter(({ differences }) =>
            differences.some((one) => one.method === other && one.verdict === wanted),
          )
          .map(({ kpi }) => kpi.title.replace(/, .*$/, ''))
          .join(', ');
      const parts = VERDICTS.flatMap(([verdict, words]) =>
        of(verdict) === '' ? [] : [`${words} ${of(verdict)}`],
      );
      return parts.length === 0 ? [] : [`${slice}: ${parts.join('; ')}.`];
    });
    if (told.length === 0) return `${other} against ${first}: nothing that ${seeds.length} seeds tell apart.`;
    return [`${other} against ${first}, as far as ${seeds.length} seeds tell them apart:`, ...told].join(
      '\n',
    );
  });
  const intervals = kpis
    .flatMap(({ differences }) => differences)
    .filter(({ halfWidth }) => halfWidth !== null).length;
  const missed = Math.round(intervals * MISSED_SHARE);
  return [
    ...lines,
    ...(intervals === 0
      ? [`${seeds.length < 2 ? 'One seed tells' : 'Too few runs came to their end to tell'} no intervals.`]
      : [
          'Differences are paired: for a seed all have the same network, traffic and events. An interval of 95 % misses one ' +
            `time in 20 by chance: of these ${intervals} about ${missed}.`,
        ]),
  ];
}
