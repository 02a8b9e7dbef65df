import { SLICE_TYPES } from '@ricochet/ran-types';
import { oneOf } from '../describe-issue.js';
import { parseDuration } from '../duration.js';
import {
  AGGREGATES,
  COMPARISONS,
  RUN_COUNTS,
  SAMPLED_KPIS,
  type AssertedSlice,
  type Assertion,
  type Quantity,
} from './assertion.js';
import { AssertionTokens, quoted } from './assertion-tokens.js';

const SLICES: readonly AssertedSlice[] = [...SLICE_TYPES, 'all'];

/**
 * Reads an assertion.
 *
 * ```text
 * assertion  = quantity comparison number [ "at" cells ] [ "over" "[" duration "," duration "]" ]
 * quantity   = aggregate "(" slice "." KPI ")" | "sla" "(" slice ")" | count
 * comparison = "<" | "<=" | ">" | ">=" | "=="
 * cells      = "cell" integer | "cells" "[" integer { "," integer } "]"
 * ```
 *
 * Slices may be written in small letters.
 * @throws RangeError with one line that says what was expected, and where
 */
export function parseAssertion(text: string): Assertion {
  const tokens = new AssertionTokens(text);
  const quantity = readQuantity(tokens);
  const comparison = tokens.take((token) => known(token, COMPARISONS));
  const bound = tokens.take(readNumber);
  const assertion = { quantity, comparison, bound };
  // A count is of the whole run.
  const where = quantity.kind === 'count' ? {} : { ...readCells(tokens), ...readOver(tokens) };
  if (tokens.next !== undefined) tokens.take((token) => expectNoMore(token, quantity));
  return { ...assertion, ...where };
}

function readQuantity(tokens: AssertionTokens): Quantity {
  if (tokens.accepts('sla')) {
    tokens.expect('(');
    const slice = tokens.take(readSlice);
    tokens.expect(')');
    return { kind: 'sla', slice };
  }
  const group = RUN_COUNTS.find((count) => count.startsWith(`${tokens.next}.`))?.split('.', 1)[0];
  if (group !== undefined && tokens.accepts(group)) {
    tokens.expect('.');
    return { kind: 'count', count: tokens.take((token) => known(`${group}.${token ?? ''}`, RUN_COUNTS)) };
  }
  const aggregate = tokens.take((token) => {
    known(token, [...AGGREGATES, 'sla', ...RUN_COUNTS]);
    return known(token, AGGREGATES);
  });
  tokens.expect('(');
  const slice = tokens.take(readSlice);
  tokens.expect('.');
  const kpi = tokens.take((token) => known(token, SAMPLED_KPIS));
  tokens.expect(')');
  return { kind: 'kpi', aggregate, slice, kpi };
}

function readSlice(token: string | undefined): AssertedSlice {
  return SLICES.find((slice) => slice.toLowerCase() === token?.toLowerCase()) ?? known(token, SLICES);
}

function readCells(tokens: AssertionTokens): Pick<Assertion, 'cells'> {
  if (!tokens.accepts('at')) return {};
  if (tokens.accepts('cell')) return { cells: [tokens.take(readCell)] };
  tokens.take((token) => known(token, ['cell', 'cells']));
  tokens.expect('[');
  const cells = [tokens.take(readCell)];
  while (tokens.accepts(',')) cells.push(tokens.take(readCell));
  tokens.expect(']');
  return { cells };
}

function readOver(tokens: AssertionTokens): Pick<Assertion, 'over'> {
  if (!tokens.accepts('over')) return {};
  tokens.expect('[');
  const fromMs = tokens.take(readTime);
  tokens.expect(',');
  const toMs = tokens.take((token) => {
    const ms = readTime(token);
    if (ms <= fromMs) throw new RangeError(`expected a time after ${fromMs} ms, got ${quoted(token)}`);
    return ms;
  });
  tokens.expect(']');
  return { over: { fromMs, toMs } };
}

function readNumber(token: string | undefined): number {
  const value = Number(token ?? NaN);
  if (!Number.isFinite(value)) throw new RangeError(`expected a number without a unit, got ${quoted(token)}`);
  return value;
}

/** In text a DU's id, from 1. */
function readCell(token: string | undefined): number {
  const id = Number(token ?? NaN);
  if (!Number.isInteger(id) || id < 1)
    throw new RangeError(`expected the id of a DU, from 1, got ${quoted(token)}`);
  return id - 1;
}

function readTime(token: string | undefined): number {
  return parseDuration(token ?? '');
}

function known<const T extends string>(token: string | undefined, names: readonly T[]): T {
  const found = names.find((name) => name === token);
  if (found === undefined) throw new RangeError(oneOf(token, names));
  return found;
}

function expectNoMore(token: string | undefined, { kind }: Quantity): never {
  const more =
    kind === 'count' ? 'nothing more, as a count is of the whole run' : '"at", "over" or nothing more';
  throw new RangeError(`expected ${more}, got ${quoted(token)}`);
}
