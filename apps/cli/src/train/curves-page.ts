import { type Level, LEVELS, type RoundReport } from '@ricochet/training';
import { htmlPage, type HtmlSection } from '../charts/html-page.js';
import { lineChart, type LineSeries } from '../charts/line-chart.js';
import { weightRange } from './round-figures.js';

/** `curves.html`: how a training went, drawn. */
export function curvesPage(title: string, rounds: readonly RoundReport[]): string {
  const reward = { name: 'reward', points: rounds.map((one) => [one.round, one.reward] as const) };
  const variances = LEVELS.map((level) =>
    levelSeries(rounds, { level, name: `${level} level`, value: (one) => one.levels[level].tdVariance }),
  );
  const weights = LEVELS.flatMap((level) =>
    (['min', 'max'] as const).map((end) =>
      levelSeries(rounds, {
        level,
        name: `${level} level, ${end === 'min' ? 'smallest' : 'largest'}`,
        value: (_, range) => range[end],
      }),
    ),
  );
  return htmlPage({
    title,
    sections: [
      ...section('Reward', 'Mean of all DUs, with exploration', [reward]),
      ...section('TD-error variance', 'Mean of the learning DUs', variances),
      ...section('Weights of the DUs', 'Weight in the last update', weights),
    ],
  });
}

/** A value of the rounds in which a level learned. */
function levelSeries(
  rounds: readonly RoundReport[],
  what: {
    readonly level: Level;
    readonly name: string;
    readonly value: (round: RoundReport, weights: { readonly min: number; readonly max: number }) => number;
  },
): LineSeries {
  const points = rounds.flatMap((round) => {
    const range = weightRange(round, what.level);
    return range === undefined ? [] : [[round.round, what.value(round, range)] as const];
  });
  return { name: what.name, points };
}

function section(heading: string, yName: string, all: readonly LineSeries[]): HtmlSection[] {
  const series = all.filter(({ points }) => points.length > 0);
  if (series.length === 0) return [];
  const svg = lineChart({ title: heading, xName: 'Round', yName, series });
  return [{ heading, figures: [{ name: heading, svg }] }];
}
