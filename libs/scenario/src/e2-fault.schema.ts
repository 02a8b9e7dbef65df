import { z } from 'zod';
import { cells, durationMs } from './schema-parts.js';

/*
 * Faults of E2 at the nodes of some cells, for the simulator to play. Those with a duration are in force for what is
 * sent, and for the controls that come, after `at` and until its end; a later one of its kind takes an earlier's place.
 */

/** Nodes report at multiples of this: nothing goes out in between. */
const REPORT_STEP_MS = 10;

/** Why a control can fail, of E2AP's CauseRICrequest (clause 9.2.1). */
const CONTROL_CAUSES = [
  'control-failed-to-execute',
  'control-message-invalid',
  'control-timer-expired',
  'function-resource-limit',
  'system-not-ready',
  'unspecified',
] as const;

const lasting = { at: durationMs, cells, duration: durationMs };

type Lasting = Readonly<Record<'at' | 'duration', number>>;

const timed = <T extends Lasting>({ at, duration, ...fault }: T) => ({
  ...fault,
  atMs: at,
  durationMs: duration,
});

/** Befalls a share of the indications, drawn by the run's seed. */
const ofShare = <K extends string>(kind: K, description: string) =>
  z
    .strictObject({ ...lasting, kind: z.literal(kind), share: z.number().positive().max(1) })
    .describe(description)
    .transform(timed);

/** Befalls every control. */
const ofControls = <K extends string>(kind: K, description: string) =>
  z
    .strictObject({ ...lasting, kind: z.literal(kind) })
    .describe(description)
    .transform(timed);

const indicationDelay = z
  .strictObject({
    ...lasting,
    kind: z.literal('indication-delay'),
    delay: durationMs.refine((ms) => ms > 0 && ms % REPORT_STEP_MS === 0, {
      error: `expected a multiple of ${REPORT_STEP_MS} ms`,
    }),
  })
  .describe('indications go out so much later than their period ends')
  .transform(({ delay, ...fault }) => ({ ...timed(fault), delayMs: delay }));

const controlFailure = z
  .strictObject({
    ...lasting,
    kind: z.literal('control-failure'),
    cause: z.enum(CONTROL_CAUSES).default('control-failed-to-execute'),
    text: z.string().min(1).default('the scenario has it fail'),
  })
  .describe('controls are answered by a failure, with a cause and words')
  .transform(timed);

const ueIdChurn = z
  .strictObject({ at: durationMs, kind: z.literal('ue-id-churn'), cells })
  .describe('every UE of the cells gets another id towards E2; the old ones mean nobody from then on')
  .transform(({ at, ...fault }) => ({ ...fault, atMs: at }));

export const e2FaultSchemas = [
  ofShare('indication-loss', 'so much of the indications is not sent'),
  ofShare('indication-duplicate', 'so much of the indications is sent twice'),
  ofShare(
    'indication-reorder',
    'so much of the indications changes places with the next of its subscription',
  ),
  indicationDelay,
  ofControls('control-without-effect', 'controls are acknowledged, and nothing is done'),
  ofControls('control-silence', 'controls are not done and not answered'),
  controlFailure,
  ueIdChurn,
] as const;

export type E2Fault = z.output<(typeof e2FaultSchemas)[number]>;
