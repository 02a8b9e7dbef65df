import type { z } from 'zod';
import { describeIssue } from './describe-issue.js';
import type { ScenarioNetwork } from './network.schema.js';
import { ScenarioError, type ScenarioProblem } from './scenario.error.js';
import { type Scenario, scenarioSchema } from './scenario.schema.js';
import { type TaskFamily, taskFamilySchema } from './task-family.schema.js';
import { readYaml, type YamlSource } from './yaml-source.js';

/** What the radio model finds wrong with a network: a key by its path from `network`, and what about it. */
export interface NetworkFault {
  /** `channel.fading.periodMs` */
  readonly key: string;
  readonly message: string;
}

/** Judges the values of `network`, which this room can not: hand in the radio model's. */
export type NetworkCheck = (network: ScenarioNetwork) => NetworkFault | undefined;

/** What is wrong with the value of a key of a scenario's file. */
export interface ScenarioFault {
  /** `['xapps', 0, 'package']` */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Judges what this room can not: names of packages and controllers, the values of `network`. */
export type ScenarioCheck = (scenario: Scenario) => readonly ScenarioFault[];

/**
 * Reads a scenario file: YAML text to a complete scenario, with defaults filled in, durations in
 * milliseconds and cells counted from 0.
 *
 * @param fileName names the file in messages; nothing is read from disk.
 * @throws ScenarioError with one line a problem (file, line, column, key path, what was expected).
 */
export function parseScenario(text: string, fileName: string, check?: ScenarioCheck): Scenario {
  const source = readYaml(text, fileName);
  const scenario = checked(source, { fileName, schema: scenarioSchema });
  const problems = check?.(scenario).map(({ path, message }) => problemAt(path, message, source)) ?? [];
  if (problems.length > 0) throw new ScenarioError(fileName, problems.sort(byPosition));
  return scenario;
}

/** Reads a file of a task family, as {@link parseScenario} reads a scenario. @throws ScenarioError */
export function parseTaskFamily(text: string, fileName: string, checkNetwork?: NetworkCheck): TaskFamily {
  const source = readYaml(text, fileName);
  const family = checked(source, { fileName, schema: taskFamilySchema });
  // The splits' own values after those that all of them share, so that these are told where they stand.
  for (const [key, network] of Object.entries({ network: family.network, ...family.splits })) {
    const fault = checkNetwork?.(network);
    if (fault === undefined) continue;
    throw new ScenarioError(fileName, [problemAt([key, ...fault.key.split('.')], fault.message, source)]);
  }
  return family;
}

/** Reads a file of settings that has a schema of its own, as {@link parseScenario} reads a scenario. @throws ScenarioError */
export function parseSettings<T>(text: string, fileName: string, schema: z.ZodType<T>): T {
  return checked(readYaml(text, fileName), { fileName, schema });
}

interface FileKind<T> {
  readonly fileName: string;
  readonly schema: z.ZodType<T>;
}

function checked<T>(source: YamlSource, { fileName, schema }: FileKind<T>): T {
  const result = schema.safeParse(source.value ?? {}, { error: describeIssue });
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, source));
  throw new ScenarioError(fileName, problems.sort(byPosition));
}

function problemsOf(issue: z.core.$ZodIssue, source: YamlSource): ScenarioProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => {
      const path = [...issue.path, key];
      const message = messages[index] ?? issue.message;
      return { ...source.keyPositionOf(path), path: formatPath(path), message };
    });
  }
  const inner = issue.code === 'invalid_union' ? optionMeant(issue.errors) : undefined;
  if (inner === undefined) return [problemAt(issue.path, issue.message, source)];
  return inner.flatMap((each) => problemsOf({ ...each, path: [...issue.path, ...each.path] }, source));
}

/** The option of a union that was meant: the one that the value as a whole fits, if any. */
function optionMeant(options: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  return options.find((issues) =>
    issues.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  );
}

function problemAt(path: readonly PropertyKey[], message: string, source: YamlSource): ScenarioProblem {
  return { ...source.positionOf(path), path: formatPath(path), message };
}

function byPosition(one: ScenarioProblem, other: ScenarioProblem): number {
  return one.line - other.line || one.column - other.column;
}

/** `events[2].factor`; a key that would break the line is quoted. */
function formatPath(path: readonly PropertyKey[]): string {
  return path.map((step, index) => formatStep(step, index === 0)).join('');
}

function formatStep(step: PropertyKey, first: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  const key = String(step);
  const printable = /^[\p{L}\p{N}_-]{1,60}$/u.test(key);
  if (!printable) return `[${JSON.stringify(key.slice(0, 60))}]`;
  return first ? key : `.${key}`;
}
