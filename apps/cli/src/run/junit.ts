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

/** JUnit XML: a test suite a run, a test case an assertion; a run without an end is an error. */
export function jUnitXml(outcomes: readonly RunOutcome[]): string {
  const all = outcomes.map((outcome) => ({ outcome, checks: checksOf(outcome) }));
  const total = counts(all.flatMap(({ checks }) => checks));
  const wallMs = outcomes.reduce((sum, outcome) => sum + outcome.wallMs, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'ricochet', ...total, time: wallMs / MS_PER_S })}>`,
    ...all.flatMap(({ outcome, checks }) => suite(outcome, checks)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(outcome: RunOutcome, checks: readonly Check[]): string[] {
  const { scenario, seed, wallMs, summary } = outcome;
  const properties = { seed, controller: summary?.controller, kpiHash: summary?.kpiHash ?? undefined };
  return [
    `  <testsuite${attributes({ name: `${scenario}, ${runTitle(outcome)}`, ...counts(checks), time: wallMs / MS_PER_S })}>`,
    '    <properties>',
    ...Object.entries(properties).flatMap(([name, value]) =>
      value === undefined ? [] : [`      <property${attributes({ name, value })}/>`],
    ),
    '    </properties>',
    ...checks.map((check) => testCase(scenario, check)),
    '  </testsuite>',
  ];
}

function testCase(scenario: string, { name, passed, text, isFault }: Check): string {
  const open = `    <testcase${attributes({ classname: scenario, name })}`;
  if (passed) return `${open}/>`;
  const verdict = isFault
    ? `<error${attributes({ message: text })}/>`
    : `<failure${attributes({ message: text })}/>`;
  return `${open}>${verdict}</testcase>`;
}

function counts(checks: readonly Check[]): Record<'tests' | 'failures' | 'errors', number> {
  const failed = checks.filter(({ passed }) => !passed);
  const errors = failed.filter(({ isFault }) => isFault).length;
  return { tests: checks.length, failures: failed.length - errors, errors };
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
