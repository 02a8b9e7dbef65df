import type { z } from 'zod';
import { describeIssue } from './describe-issue.js';
import { cellsOf, eventSchema, type ScenarioEvent } from './event.schema.js';

/** An event that can not be played: one line that names every fault's key. */
export class EventError extends Error {
  override readonly name = 'EventError';
  readonly code = 'EVENT_INVALID';
}

/** What an event that is not from a file happens in. */
export interface EventPlace {
  /** Of the network. */
  readonly cells: number;
  /** Simulation time. */
  readonly atMs: number;
}

/**
 * Reads an event as the scenario file spells it, but for `at`, which is now.
 * @throws EventError
 */
export function parseEvent(
  value: Readonly<Record<string, unknown>>,
  { cells, atMs }: EventPlace,
): ScenarioEvent {
  if (Object.hasOwn(value, 'at')) throw new EventError('at: it happens now: leave it out');
  const result = eventSchema.safeParse({ ...value, at: atMs }, { error: describeIssue });
  if (!result.success) throw new EventError(result.error.issues.map(faultOf).join('; '));
  const absent = cellsOf(result.data)?.find((cell) => cell >= cells);
  if (absent !== undefined)
    throw new EventError(`cells: expected a DU from 1 to ${cells}, got ${absent + 1}`);
  return result.data;
}

function faultOf(issue: z.core.$ZodIssue): string {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const path = [...issue.path, ...keys].map(String).join('.') || 'event';
  return `${path}: ${issue.message.replaceAll('\n', '; ')}`;
}
