import { LEARNING_LEVELS } from '@ricochet/contracts';
import { type HtmlFigure } from '../charts/html-page.js';
import { lineChart, type LineSeries } from '../charts/line-chart.js';
import { type Colours } from '../charts/palette.js';
import { type LearningFigures } from './learning-figures.js';
import { meanCurve, type ReportedMethod } from './reported-method.js';

type SeriesName = 'reward' | 'tdVariance' | 'lowWeight' | 'highWeight';

/** How each level adapted over its rounds; none where nothing learned. */
export function learningCharts(methods: readonly ReportedMethod[], colours: Colours): HtmlFigure[] {
  return LEARNING_LEVELS.flatMap((level) => {
    const learned = methods
      .map(({ name, runs }) => ({
        name,
        runs: runs.flatMap(({ learning }) => learning.filter((one) => one.level === level)),
      }))
      .filter(({ runs }) => runs.length > 0);
    const curve = (name: string, runs: readonly LearningFigures[], series: SeriesName): LineSeries =>
      meanCurve(
        name,
        runs.map((run) => ({ timesS: run.timesS, values: run[series] })),
      );
    const figure = (title: string, yName: string, all: readonly LineSeries[]): HtmlFigure[] => {
      const series = all.filter(({ points }) => points.length > 0);
      if (series.length === 0) return [];
      const name = `${level} level: ${title}`;
      const svg = lineChart({ title: name, xName: 'Simulation time, s', yName, series, colours, half: true });
      return [{ name, svg }];
    };
    return [
      ...figure(
        'reward of the rounds',
        'Mean reward of the DUs',
        learned.map(({ name, runs }) => curve(name, runs, 'reward')),
      ),
      ...figure(
        'TD-error variance',
        'Mean of the DUs',
        learned.map(({ name, runs }) => curve(name, runs, 'tdVariance')),
      ),
      ...learned.flatMap(({ name, runs }) =>
        figure(`weights of the DUs${learned.length > 1 ? `, ${name}` : ''}`, 'Weight in the update', [
          curve('smallest', runs, 'lowWeight'),
          curve('largest', runs, 'highWeight'),
        ]),
      ),
    ];
  });
}
