import { SLICE_TYPES } from '@ricochet/ran-types';
import { type Scenario } from '@ricochet/scenario';
import { htmlPage, type HtmlSection, type HtmlTable, type Tone } from '../charts/html-page.js';
import { coloursOf } from '../charts/palette.js';
import { formatEstimate, assertionsByMethod, differenceTables } from '../compare/comparison-table.js';
import { compareMethods, type Comparison, type Verdict } from '../compare/comparison.js';
import { assertionRows, assertionRowsOverSeeds, type AssertionRows } from '../run/assertion-table.js';
import { checksOf, countOf, runTitle, type RunOutcome } from '../run/run-outcome.js';
import { overSeeds } from '../run/seed-statistics.js';
import { percent, SLICE_HEAD, sliceRows } from '../run/summary-table.js';
import { differenceCharts } from './difference-charts.js';
import { learningCharts } from './learning-charts.js';
import { leadText } from './report-text.js';
import { type ReportedMethod } from './reported-method.js';
import { sliceCharts } from './slice-charts.js';

export interface ReportInput {
  readonly scenario: Scenario;
  readonly outcomes: readonly RunOutcome[];
  /** Of several methods. */
  readonly comparison?: Comparison | undefined;
  /** Versions of what ran. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Of what rows of time lines a page shows. */
const MAX_HAPPENINGS = 200;
/** Colours of what is in charts of one method. */
const FIXED = { offered: '#777777', limit: '#B3261E', demand: '#777777' };

/** `report.html`: what was run, and what came of it, in one file. */
export function reportPage(input: ReportInput): string {
  const { scenario, outcomes, comparison } = input;
  const methods = reportedMethods(outcomes);
  const colours = coloursOf(
    [...methods.map(({ name }) => name), 'quota', 'PRBs used', 'smallest', 'largest'],
    FIXED,
  );
  const charts = { scenario, methods, colours };
  const sections: HtmlSection[] = [
    { heading: 'In short', text: leadText(scenario, outcomes, comparison) },
    ...(comparison === undefined
      ? [...assertionSection(outcomes), ...kpiSection(outcomes)]
      : comparisonSections(comparison, charts)),
    ...timeLine(outcomes),
    ...SLICE_TYPES.map((slice) => ({ heading: slice, figures: sliceCharts(slice, charts) })),
    { heading: 'How the agents adapted', figures: learningCharts(methods, colours) },
    ...(outcomes.length > 1 ? [{ heading: 'Runs', tables: [runTable(outcomes)] }] : []),
    { heading: 'What was run', text: provenance(input) },
  ];
  return htmlPage({
    title: `${scenario.name}: ${methods.map(({ name }) => name).join(' against ')}`,
    sections: sections.filter(
      ({ text, figures = [], tables = [] }) => text !== undefined || figures.length + tables.length > 0,
    ),
  });
}

function reportedMethods(outcomes: readonly RunOutcome[]): ReportedMethod[] {
  const nameOf = ({ method, summary }: RunOutcome): string => method ?? summary?.controller ?? '';
  const names = [...new Set(outcomes.map(nameOf))].filter((name) => name !== '');
  return names.map((name) => ({
    name,
    runs: outcomes.filter((one) => nameOf(one) === name).flatMap(({ figures }) => figures ?? []),
  }));
}

function assertionSection(outcomes: readonly RunOutcome[]): HtmlSection[] {
  const all = outcomes.map(({ summary }) => summary?.assertions);
  const rows: AssertionRows =
    all.length === 1 ? assertionRows(all[0] ?? []) : assertionRowsOverSeeds(overSeeds(all));
  if (rows.rows.length === 0) return [];
  const tones = rows.held.map((held): Tone => (held ? 'good' : 'bad'));
  return [{ heading: 'Assertions', tables: [{ head: rows.head, rows: rows.rows, tones }] }];
}

/** What became of the slices: of one run, or the means over several. */
function kpiSection(outcomes: readonly RunOutcome[]): HtmlSection[] {
  const summaries = outcomes.flatMap(({ summary }) => summary ?? []);
  const [first] = summaries;
  if (first === undefined) return [];
  if (summaries.length === 1) {
    return [{ heading: 'Slices, after the warm-up', tables: [{ head: SLICE_HEAD, rows: sliceRows(first) }] }];
  }
  const named = outcomes.map((outcome) => ({ ...outcome, method: first.controller }));
  const { kpis } = compareMethods([first.controller], named);
  const rows = kpis.map(({ kpi, slice, methods }) => [
    `${slice} ${kpi.title}`,
    formatEstimate(kpi, methods[0]),
  ]);
  const table = { head: ['slice and KPI', 'mean over seeds, 95 % interval'], rows };
  return [{ heading: 'Slices, after the warm-up', tables: [table] }];
}

const TONES: Readonly<Partial<Record<Verdict, Tone>>> = { better: 'good', worse: 'bad' };

function comparisonSections(
  comparison: Comparison,
  { colours }: { readonly colours: Readonly<Record<string, string>> },
): HtmlSection[] {
  const tables = differenceTables(comparison).map(({ title, head, rows, verdicts }): HtmlTable => ({
    caption: title,
    head,
    rows,
    tones: verdicts.map((verdict) => TONES[verdict]),
  }));
  const assertions = assertionsByMethod(comparison);
  return [
    { heading: 'Differences', figures: differenceCharts(comparison, colours), tables },
    ...(assertions === undefined
      ? []
      : [
          {
            heading: 'Assertions',
            tables: [{ caption: assertions.title, head: assertions.head, rows: assertions.rows }],
          },
        ]),
  ];
}

/** Of the first run: faults and surges are the same in all, but for what comes of a seed. */
function timeLine(outcomes: readonly RunOutcome[]): HtmlSection[] {
  const happenings = outcomes.find(({ figures }) => figures !== undefined)?.figures?.happenings ?? [];
  if (happenings.length === 0) return [];
  const rows = happenings
    .slice(0, MAX_HAPPENINGS)
    .map(({ timeMs, text }) => [`${(timeMs / 1_000).toFixed(1)} s: ${text}`]);
  const more = happenings.length > MAX_HAPPENINGS ? [[`and ${happenings.length - MAX_HAPPENINGS} more`]] : [];
  return [{ heading: 'What happened', tables: [{ head: ['simulation time'], rows: [...rows, ...more] }] }];
}

function runTable(outcomes: readonly RunOutcome[]): HtmlTable {
  return {
    head: ['run', 'wall time', 'mean QoS', 'SLA met', 'assertions that failed', 'KPI hash'],
    rows: outcomes.map((outcome) => {
      const { wallMs, summary, fault } = outcome;
      const name = runTitle(outcome);
      const wall = `${(wallMs / 1_000).toFixed(1)} s`;
      if (summary === undefined) return [name, wall, '–', '–', '–', fault ?? 'no end'];
      const failed = countOf(checksOf(outcome), 'failed');
      return [
        ...[name, wall, summary.meanQos.toFixed(3), percent(summary.slaSatisfaction), String(failed)],
        summary.kpiHash?.slice(0, 16) ?? '–',
      ];
    }),
  };
}

function provenance({ scenario, outcomes, versions }: ReportInput): string {
  const summaries = outcomes.flatMap(({ summary }) => summary ?? []);
  const unique = (of: (summary: (typeof summaries)[number]) => string | undefined | null): string =>
    [...new Set(summaries.flatMap((summary) => of(summary) ?? []))].join(', ');
  const lines: [string, string][] = [
    [
      'Scenario',
      `${scenario.name}, ${scenario.durationMs / 1_000} s, warm-up ${scenario.warmUpMs / 1_000} s`,
    ],
    ['Controllers', unique(({ controller }) => controller)],
    ['Seeds', [...new Set(outcomes.map(({ seed }) => seed))].join(', ')],
    ['Mode', unique(({ mode }) => mode)],
    ['Learning', unique(({ learning }) => learning && `${learning.engine}, weighting ${learning.weighting}`)],
    [
      'Versions',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
    ['Hash of the configuration', unique(({ configHash }) => configHash)],
    ['KPI hash', outcomes.length === 1 ? unique(({ kpiHash }) => kpiHash) : ''],
  ];
  return lines.flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`])).join('\n');
}
