import type { RadioInput } from '@ricochet/radio';
import type { Sla } from '@ricochet/scenario';
import { isRuleController, parseController } from '../controller.js';
import { createRules, RulePolicy } from '../environment/du-policy.js';
import { SlicingEnvironment, SPLIT_PERIOD_MS } from '../environment/environment.js';
import { play } from '../environment/play.js';
import { seedOfNode } from '../per-node.js';
import type { QuotaMode } from '../quota.js';
import { LabMeter, type LabResult } from './lab-meter.js';

/** One run of a controller on a radio network of its own. */
export interface LabOptions {
  readonly network: RadioInput;
  /** Of the network and of the rules that draw; the network's randomness does not depend on the controller. */
  readonly seed: number;
  /** A pair of rules: `need+pf`. */
  readonly controller: string;
  readonly quotaMode: QuotaMode;
  /** Multiples of {@link SPLIT_PERIOD_MS}. */
  readonly durationMs: number;
  /** Played but not measured. */
  readonly warmUpMs: number;
  readonly sla: Sla;
}

/**
 * One run of two classical rules in the environment, nothing hidden.
 *
 * @throws UnknownControllerError, or RangeError when it is no pair of rules or the times do not fit the decision periods.
 */
export function runLab({ network: input, seed, controller: name, ...options }: LabOptions): LabResult {
  const { durationMs, warmUpMs, quotaMode, sla } = options;
  if (durationMs % SPLIT_PERIOD_MS !== 0 || warmUpMs % SPLIT_PERIOD_MS !== 0 || warmUpMs >= durationMs) {
    throw new RangeError(
      `a run of ${durationMs} ms with ${warmUpMs} ms of warm-up is no whole number of periods`,
    );
  }
  const controller = parseController(name);
  if (!isRuleController(controller)) {
    throw new RangeError(`controller ${name} has learned; the lab plays classical rules alone`);
  }
  const environment = new SlicingEnvironment({ network: input, taskSeed: seed });
  const first = environment.reset(seed);
  const carrier = { prbs: environment.network.config.prbsPerCell, slotMs: 1 };
  const policies = Array.from(
    { length: environment.duCount },
    (_, du) => new RulePolicy(createRules(controller, { seed: seedOfNode(seed, `cell-${du}`) }), carrier),
  );
  const run = { policies, quotaMode };
  const warm = warmUpMs === 0 ? first : play(environment, first, { ...run, untilMs: warmUpMs });
  const meter = new LabMeter(environment, sla, durationMs - environment.network.timeMs);
  play(environment, warm, { ...run, untilMs: durationMs, onStep: (step) => meter.step(step) });
  return meter.result();
}
