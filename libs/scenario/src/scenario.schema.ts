import { z } from 'zod';
import { assertionSchema } from './assertions/assertion.schema.js';
import { cellsOf, eventSchema } from './event.schema.js';
import { learningSchema } from './learning.schema.js';
import { networkSchema } from './network.schema.js';
import { durationMs } from './schema-parts.js';
import { parseSeeds, SEEDS_FORMAT } from './seeds.js';
import { slaSchema } from './sla.js';

const xappSchema = z.strictObject({
  package: z
    .string()
    .min(1)
    .describe('package that the xApp host starts: its name, or a path that begins with "." or "/"'),
  version: z
    .string()
    .min(1)
    .optional()
    .describe('the version that the package has to be of; absent: the one that is installed'),
  config: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("handed to the xApp as it is, its own schema judges it; absent: the package's default"),
});

/** One xApp of the loop. */
export type ScenarioXapp = z.output<typeof xappSchema>;

const seed = z.int().min(0);

/** `1..5`, `7` or `[1, 4, 9]`. */
const seedsSchema = z
  .union([seed, z.string(), z.array(seed).min(1)], { error: `expected ${SEEDS_FORMAT}, or a list` })
  .transform((value, context) => {
    try {
      return parseSeeds(String(value));
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as RangeError).message });
      return z.NEVER;
    }
  });

/** The file's keys before what joins several of them. */
export const scenarioFileSchema = z.strictObject({
  name: z.string().min(1).describe('in summaries and in the live view'),
  description: z.string().optional().describe('for readers'),
  duration: durationMs.describe('end of a run, and period of the time line with `ricochet up`'),
  warmUp: durationMs.default(0).describe("played, and left out of the summary's KPIs"),
  seeds: seedsSchema
    .optional()
    .describe('seeds of the runs, such as 1..5 or [1, 4, 9], unless the command line has others'),
  repetitions: z.int().min(1).max(1_000).optional().describe('so many runs: short for seeds 1..n'),
  network: networkSchema
    .prefault({})
    .describe("parts of the radio model's configuration, on top of a preset"),
  sla: slaSchema.default({}).describe('limits by service type, judged every 100 ms for each DU'),
  xapps: z
    .array(xappSchema)
    .optional()
    .describe('what runs; absent: the two xApps that carry out the controller'),
  controller: z
    .string()
    .regex(/^(ddpg|[a-z-]+\+[a-z-]+)$/, 'expected <split>+<scheduler>, such as "need+pf", or "ddpg"')
    .default('need+pf')
    .describe('<split>+<scheduler>, classical rules or learned ones; "ddpg" for "ddpg+ddpg"'),
  quotaMode: z
    .enum(['exact', 'lend'])
    .default('exact')
    .describe("whether a slice's quota is a cap too (exact) or others may use what it leaves (lend)"),
  learning: learningSchema.describe('how agents learn, where the controller has ddpg'),
  events: z.array(eventSchema).default([]).describe('the time line'),
  assertions: z.array(assertionSchema).default([]).describe('what has to hold of a run'),
});

type ScenarioFile = z.output<typeof scenarioFileSchema>;

/** Rules that join several keys. Issues carry the path in the file. */
function checkTogether(file: ScenarioFile, context: z.RefinementCtx<ScenarioFile>): void {
  const fault = (path: PropertyKey[], message: string) =>
    context.addIssue({ code: 'custom', path, message, input: file });
  const { cells } = file.network;
  if (file.duration === 0) fault(['duration'], 'expected more than 0');
  if (file.warmUp >= file.duration && file.duration > 0) {
    fault(['warmUp'], `expected less than the duration of ${file.duration} ms, got ${file.warmUp} ms`);
  }
  if (file.seeds !== undefined && file.repetitions !== undefined) {
    fault(['repetitions'], 'expected either seeds or repetitions');
  }
  file.events.forEach((event, index) => {
    if (event.atMs >= file.duration) {
      fault(
        ['events', index, 'at'],
        `expected a time before the end at ${file.duration} ms, got ${event.atMs} ms`,
      );
    }
    cellsOf(event)?.forEach((cell, place) => {
      if (cell < cells) return;
      fault(['events', index, 'cells', place], `expected a DU from 1 to ${cells}, got ${cell + 1}`);
    });
  });
  file.assertions.forEach((assertion, index) => {
    const beyond = assertion.cells?.find((cell) => cell >= cells);
    if (beyond !== undefined) {
      fault(['assertions', index], `expected DUs from 1 to ${cells}, got ${beyond + 1}`);
    }
    if (assertion.over !== undefined && assertion.over.toMs > file.duration) {
      fault(
        ['assertions', index],
        `expected times up to the end at ${file.duration} ms, got ${assertion.over.toMs} ms`,
      );
    }
  });
}

export const scenarioSchema = scenarioFileSchema
  .superRefine(checkTogether)
  .transform(({ duration, warmUp, seeds, repetitions = 1, ...scenario }) => ({
    ...scenario,
    /** Of the runs, unless somebody asks for others. */
    seeds: seeds ?? Array.from({ length: repetitions }, (_, i) => i + 1),
    durationMs: duration,
    warmUpMs: warmUp,
  }));

/** A scenario, complete: defaults filled in, durations in milliseconds, cells counted from 0. */
export type Scenario = z.output<typeof scenarioSchema>;
