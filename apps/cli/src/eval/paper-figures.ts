import { boxStatistics, meanInterval } from '@ricochet/training';
import { barChart } from '../charts/bar-chart.js';
import { boxChart } from '../charts/box-chart.js';
import { cdfChart } from '../charts/cdf-chart.js';
import { lineChart } from '../charts/line-chart.js';
import { coloursOf } from '../charts/palette.js';
import { SHOTS } from './budget.js';
import { METHODS } from './methods.js';
import { type PaperResults } from './paper-evaluation.js';
import { movingMean } from './paper-tables.js';
import { meanOf, type ReportSection } from './report-section.js';

/** Of the moving means in the learning curves. */
const SMOOTHING_ROUNDS = 10;
const SLICES = ['eMBB', 'mMTC', 'URLLC'] as const;
const NEW_TASKS = ['stadium', 'iot-park', 'factory'] as const;
/** Drawn in figures: what the paper compares, and the best rule. */
const DRAWN = ['drl', 'tl', 'mtl', 'maml', 'adaptive'] as const;
const LAST = SHOTS.length - 1;

const labelOf = (name: string) => METHODS.find((method) => method.name === name)!.label;
const BEST_RULE = 'Best rule';
const SHIPPED = 'Shipped';
const COLOURS = coloursOf([
  ...DRAWN.map(labelOf),
  BEST_RULE,
  SHIPPED,
  labelOf('static-var'),
  labelOf('joint'),
]);

/** Figs 4 to 9 of the core paper, from our runs. */
export function paperFigures(results: PaperResults): ReportSection[] {
  return [
    trainingFigure(results),
    adaptationCurves(results),
    rewardBoxes(results),
    qosFigure(results),
    rateFigure(results),
    ...shotFigures(results),
    ...taskFigures(results),
  ];
}

function trainingFigure({ methods }: PaperResults): ReportSection {
  const series = ['tl', 'joint', 'maml', 'static-var', 'adaptive'].map((name) => {
    const curves = methods[name]!.training.map((curve) => movingMean(curve, SMOOTHING_ROUNDS));
    return { name: labelOf(name), ...curveOf(curves, name === 'adaptive') };
  });
  return {
    heading: 'Fig. 4a: return while training',
    text: `Mean reward of the training DUs in each round, exploration included: moving mean over ${SMOOTHING_ROUNDS} rounds, mean over the seeds, the 95 % band of one method.`,
    figure: {
      file: 'fig4a-training.svg',
      svg: lineChart({
        title: 'Return while training',
        xName: 'Round',
        yName: 'Mean reward R',
        series,
        colours: COLOURS,
      }),
    },
  };
}

function adaptationCurves({ methods }: PaperResults): ReportSection {
  const names = ['drl', 'tl', 'mtl', 'maml', 'adaptive', 'adaptive-plain'];
  const series = names.map((name) => {
    const curves = methods[name]!.adaptation.map(({ curve }) => movingMean(curve, 5));
    return { name: labelOf(name), ...curveOf(curves, name === 'adaptive' || name === 'drl') };
  });
  return {
    heading: 'Fig. 4b: return while adapting to unseen DUs',
    text: 'Mean reward of the new DUs in each shot, exploration included: moving mean over 5 shots. DRL begins with fresh networks, plain adaptation explores fully, safe adaptation little.',
    figure: {
      file: 'fig4b-adapting.svg',
      svg: lineChart({
        title: 'Return while adapting',
        xName: 'Shot',
        yName: 'Mean reward R',
        series,
        colours: COLOURS,
      }),
    },
  };
}

function rewardBoxes({ methods, families }: PaperResults): ReportSection {
  const family = families['paper']!;
  const groups: [string, readonly number[]][] = [
    ...DRAWN.map((name): [string, number[]] => [
      labelOf(name),
      methods[name]!.adaptation.flatMap(({ tests }) => tests[1]!.duRewards),
    ]),
    [SHIPPED, family.shipped.adaptation.flatMap(({ tests }) => tests[1]!.duRewards)],
    [BEST_RULE, family.best.tests.flatMap(({ duRewards }) => duRewards)],
  ];
  return {
    heading: 'Fig. 5: distribution of the reward after 5 shots',
    text: 'One value for each DU and seed.',
    figure: {
      file: 'fig5-distribution.svg',
      svg: boxChart({
        title: 'Reward of the DUs after 5 shots',
        yName: 'Mean reward R',
        boxes: groups.map(([name, values]) => {
          const { min, q1, median, q3, max } = boxStatistics(values);
          return { name, min, q1, median, q3, max };
        }),
        colours: COLOURS,
      }),
    },
  };
}

function qosFigure({ methods, families }: PaperResults): ReportSection {
  const rule = families['paper']!.best.tests.map(({ slices }) => slices);
  return cdfFigure(
    {
      heading: 'Fig. 6: quality of the slices after 30 shots',
      text: 'Distribution over DUs and 100 ms periods; URLLC’s quality is 1 − (largest UE delay) / 50 ms. Further to the right is better.',
      file: 'fig6-qos.svg',
      title: 'Slice quality Q',
      xName: 'Q',
    },
    (slice) => [
      ...DRAWN.map((name) => ({
        name: labelOf(name),
        samples: methods[name]!.adaptation.map(({ tests }) => tests[LAST]!.slices[slice]!.qualities),
      })),
      { name: BEST_RULE, samples: rule.map((slices) => slices[slice]!.qualities) },
    ],
  );
}

function rateFigure({ methods, families }: PaperResults): ReportSection {
  const rule = families['paper']!.best.tests.map(({ slices }) => slices);
  return cdfFigure(
    {
      heading: 'Fig. 7: throughput of the UEs after 30 shots',
      text: 'Mean rate of each UE over the test. It ends at what a UE offers: where the carrier suffices all methods meet.',
      file: 'fig7-throughput.svg',
      title: 'UE throughput',
      xName: 'kbit/s',
    },
    (slice) => [
      ...DRAWN.map((name) => ({
        name: labelOf(name),
        samples: methods[name]!.adaptation.map(({ tests }) => tests[LAST]!.slices[slice]!.ueRatesKbps),
      })),
      { name: BEST_RULE, samples: rule.map((slices) => slices[slice]!.ueRatesKbps) },
    ],
  );
}

function shotFigures({ methods }: PaperResults): ReportSection[] {
  return SLICES.map((slice, i) => {
    const at = (name: string, shot: number) =>
      meanInterval(methods[name]!.adaptation.map(({ tests }) => tests[shot]!.slices[i]!.meanQos));
    return {
      heading: `Fig. 8: adaptation, ${slice}`,
      text: `Mean quality of ${slice} on unseen DUs after 0, 5 and 30 shots, with 95 % intervals.`,
      figure: {
        file: `fig8-${slice.toLowerCase()}.svg`,
        svg: barChart({
          title: `${slice} quality by shots`,
          yName: 'Mean quality Q',
          categories: SHOTS.map((shots) => `${shots} shots`),
          series: DRAWN.map((name) => {
            const intervals = SHOTS.map((_, shot) => at(name, shot));
            return {
              name: labelOf(name),
              values: intervals.map(({ mean }) => mean),
              low: intervals.map(({ low }) => low),
              high: intervals.map(({ high }) => high),
            };
          }),
          yRange: [0, 1.1],
          colours: COLOURS,
        }),
      },
    };
  });
}

function taskFigures({ methods }: PaperResults): ReportSection[] {
  return SLICES.map((slice, i) => {
    const panels = NEW_TASKS.map((task, du) => ({
      name: task,
      series: DRAWN.map((name) => ({
        name: labelOf(name),
        points: cdfOf(
          methods[name]!.adaptation.map(({ tests }) => tests[LAST]!.slices[i]!.duQualities[du] ?? []),
        ),
      })),
    }));
    return {
      heading: `Fig. 9: three new tasks, ${slice}`,
      text: `Distribution of ${slice}'s quality in three unseen DUs of different types after 30 shots.`,
      figure: {
        file: `fig9-${slice.toLowerCase()}.svg`,
        svg: cdfChart({ title: `${slice} quality in new tasks`, xName: 'Q', panels, colours: COLOURS }),
      },
    };
  });
}

interface CdfSource {
  readonly name: string;
  /** Quantiles of each seed. */
  readonly samples: readonly (readonly number[])[];
}

function cdfFigure(
  what: { heading: string; text: string; file: string; title: string; xName: string },
  sourcesOf: (slice: number) => readonly CdfSource[],
): ReportSection {
  const panels = SLICES.map((name, slice) => ({
    name,
    series: sourcesOf(slice).map((source) => ({ name: source.name, points: cdfOf(source.samples) })),
  }));
  const svg = cdfChart({ title: what.title, xName: what.xName, panels, colours: COLOURS });
  return { heading: what.heading, text: what.text, figure: { file: what.file, svg } };
}

/** Quantiles averaged over the seeds, as points of a distribution function. */
function cdfOf(samples: readonly (readonly number[])[]): [number, number][] {
  const used = samples.filter((quantiles) => quantiles.length > 0);
  const count = used[0]?.length ?? 0;
  return Array.from({ length: count }, (_, i) => [
    meanOf(used.map((quantiles) => quantiles[i]!)),
    i / (count - 1),
  ]);
}

/** Mean curve over the seeds, with its band if asked for. */
function curveOf(curves: readonly (readonly number[])[], banded: boolean) {
  const length = Math.min(...curves.map((curve) => curve.length));
  const intervals = Array.from({ length }, (_, i) => meanInterval(curves.map((curve) => curve[i]!)));
  const points = intervals.map(({ mean }, i): [number, number] => [i + 1, mean]);
  const band = intervals.map(({ low, high }, i): [number, number, number] => [i + 1, low, high]);
  return { points, ...(banded && { band }) };
}
