import { z } from 'zod';
import { nearestName } from './nearest-name.js';

/**
 * Says in a few words what a value was expected to be: the error map of the scenario schema. An issue about
 * unknown keys gets one line a key, in the order of its `keys`.
 */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing: expected ${article(issue.expected)}`
        : `expected ${article(issue.expected)}, got ${quote(issue.input)}`;
    case 'invalid_value':
      return oneOf(issue.input, issue.values);
    case 'invalid_union':
      return issue.discriminator === undefined || 'matches' in issue
        ? undefined
        : oneOf(discriminatorOf(issue.input, issue.discriminator), issue.options ?? []);
    case 'too_small':
      return bound(issue, `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`);
    case 'too_big':
      return bound(issue, `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`);
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, knownKeys(issue.inst))).join('\n');
    case 'invalid_format':
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
    case 'custom':
      return undefined;
  }
}

/** A value as the file's author may recognise it, on one line and never long. */
function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'nothing';
  if (typeof value === 'object') return 'a group of keys';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const NOUNS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function article(expected: string): string {
  return NOUNS[expected] ?? expected;
}

/** That a value is none of those known, and which of them was perhaps meant. */
export function oneOf(input: unknown, values: readonly unknown[]): string {
  const known = values.map(String);
  const list = known.length === 1 ? `"${known[0]}"` : `one of ${known.join(', ')}`;
  if (input === undefined) return `is missing: expected ${list}`;
  const nearest = typeof input === 'string' ? nearestName(input, known) : undefined;
  return `expected ${list}, got ${quote(input)}${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`;
}

function discriminatorOf(input: unknown, key: string): unknown {
  return typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[key] : undefined;
}

function bound(issue: { readonly origin: string; readonly input: unknown }, limit: string): string {
  if (issue.origin === 'array') return `expected ${limit} entries`;
  if (issue.origin === 'string') return `expected ${limit} characters`;
  return `expected ${limit}, got ${quote(issue.input)}`;
}

function knownKeys(inst: unknown): string[] {
  return inst instanceof z.ZodObject ? Object.keys(inst.shape) : [];
}

function unknownKey(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  const hint = nearest === undefined ? `known keys: ${known.join(', ')}` : `did you mean "${nearest}"?`;
  return `unknown key; ${hint}`;
}
