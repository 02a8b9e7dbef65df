import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CliError } from '../cli.error.js';
import { pathFault } from '../path-fault.js';
import { writeWhole } from '../write-whole.js';
import { checksOf, runTitle, type Check, type RunOutcome } from './run-outcome.js';

const MS_PER_S = 1_000;

/** Writes runs as JUnit XML; the file's folder is made. @throws CliError */
export function writeJUnit(file: string, outcomes: readonly RunOutcome[]): void {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new CliError(`--junit ${pathFault(error, path)}`, 1);
  }
  writeWhole(path, jUnitXml(outcomes));
}

/**
 * JUnit XML: a test suite a run, a test case an assertion; a run without an end is an error. What is left out of the verdict
 * on all is skipped: what a run did not come to, and what does not hold where methods are compared.
 */
export function jUnitXml(outcomes: readonly RunOutcome[]): string {
  const all = outcomes.map((outcome) => ({ outcome, cases: checksOf(outcome).map(caseOf(outcome)) }));
  const total = counts(all.flatMap(({ cases }) => cases));
  const wallMs = outcomes.reduce((sum, outcome) => sum + outcome.wallMs, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'ricochet', ...total, time: wallMs / MS_PER_S })}>`,
    ...all.flatMap(({ outcome, cases }) => suite(outcome, cases)),
    '</testsuites>',
    '',
  ].join('\n');
}

/** Of a check of a run; `element`: what a test case has in it, nothing where it passed. */
interface Case {
  readonly name: string;
  readonly element?: { readonly kind: 'failure' | 'error' | 'skipped'; readonly message: string };
}

const ELEMENTS = { failed: 'failure', fault: 'error', 'not-reached': 'skipped' } as const;

const caseOf =
  ({ method }: RunOutcome) =>
  ({ name, verdict, text: message }: Check): Case => {
    if (verdict === 'passed') return { name };
    if (verdict === 'failed' && method !== undefined) {
      const finding = `a finding of the comparison, not a failure: it does not hold, ${message}`;
      return { name, element: { kind: 'skipped', message: finding } };
    }
    return { name, element: { kind: ELEMENTS[verdict], message } };
  };

function suite(outcome: RunOutcome, cases: readonly Case[]): string[] {
  const { scenario, seed, wallMs, summary } = outcome;
  const properties = { seed, controller: summary?.controller, kpiHash: summary?.kpiHash ?? undefined };
  return [
    `  <testsuite${attributes({ name: `${scenario}, ${runTitle(outcome)}`, ...counts(cases), time: wallMs / MS_PER_S })}>`,
    '    <properties>',
    ...Object.entries(properties).flatMap(([name, value]) =>
      value === undefined ? [] : [`      <property${attributes({ name, value })}/>`],
    ),
    '    </properties>',
    ...cases.map((one) => testCase(scenario, one)),
    '  </testsuite>',
  ];
}

function testCase(scenario: string, { name, element }: Case): string {
  const open = `    <testcase${attributes({ classname: scenario, name })}`;
  if (element === undefined) return `${open}/>`;
  const { kind, message } = element;
  return `${open}><${kind}${attributes({ message })}/></testcase>`;
}

function counts(cases: readonly Case[]): Record<'tests' | 'failures' | 'errors' | 'skipped', number> {
  const of = (kind: 'failure' | 'error' | 'skipped'): number =>
    cases.filter(({ element }) => element?.kind === kind).length;
  return { tests: cases.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') };
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text inside an attribute; what XML 1.0 has no place for is left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
