import { z } from 'zod';
import { assertionSchema } from './assertions/assertion.schema.js';
import { eventSchema } from './event.schema.js';
import { learningSchema } from './learning.schema.js';
import { networkSchema } from './network.schema.js';
import { durationMs } from './schema-parts.js';
import { slaSchema } from './sla.js';

const xappSchema = z.strictObject({
  /** Package that the xApp host starts: its name, or a path that begins with `.` or `/`. */
  package: z.string().min(1),
  /** Handed to the xApp as it is; its own schema judges it. Absent: the package's default. */
  config: z.record(z.string(), z.unknown()).optional(),
});

/** One xApp of the loop. */
export type ScenarioXapp = z.output<typeof xappSchema>;

const fileSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  duration: durationMs,
  /** Left out of the summary's KPIs. */
  warmUp: durationMs.default(0),
  network: networkSchema.prefault({}),
  sla: slaSchema.default({}),
  /** Absent: the two that carry out `controller`. */
  xapps: z.array(xappSchema).optional(),
  /** `<split>+<scheduler>`, classical rules or learned ones; `ddpg` for `ddpg+ddpg`. */
  controller: z
    .string()
    .regex(/^(ddpg|[a-z-]+\+[a-z-]+)$/, 'expected <split>+<scheduler>, such as "need+pf", or "ddpg"')
    .default('need+pf'),
  /** Whether a slice's quota is a cap too (`exact`) or others may use what it leaves (`lend`). */
  quotaMode: z.enum(['exact', 'lend']).default('exact'),
  learning: learningSchema,
  events: z.array(eventSchema).default([]),
  /** What has to hold of a run. */
  assertions: z.array(assertionSchema).default([]),
});

type ScenarioFile = z.output<typeof fileSchema>;

/** Rules that join several keys. Issues carry the path in the file. */
function checkTogether(file: ScenarioFile, context: z.RefinementCtx<ScenarioFile>): void {
  const fault = (path: PropertyKey[], message: string) =>
    context.addIssue({ code: 'custom', path, message, input: file });
  const { cells } = file.network;
  if (file.duration === 0) fault(['duration'], 'expected more than 0');
  if (file.warmUp >= file.duration && file.duration > 0) {
    fault(['warmUp'], `expected less than the duration of ${file.duration} ms, got ${file.warmUp} ms`);
  }
  file.events.forEach((event, index) => {
    if (event.atMs >= file.duration) {
      fault(
        ['events', index, 'at'],
        `expected a time before the end at ${file.duration} ms, got ${event.atMs} ms`,
      );
    }
    event.cells?.forEach((cell, place) => {
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

export const scenarioSchema = fileSchema
  .superRefine(checkTogether)
  .transform(({ duration, warmUp, ...scenario }) => ({
    ...scenario,
    durationMs: duration,
    warmUpMs: warmUp,
  }));

/** A scenario, complete: defaults filled in, durations in milliseconds, cells counted from 0. */
export type Scenario = z.output<typeof scenarioSchema>;
