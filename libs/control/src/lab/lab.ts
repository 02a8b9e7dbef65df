import { type RadioInput, RadioNetwork, resolveRadioConfig } from '@ricochet/radio';
import type { Sla } from '@ricochet/scenario';
import { isRuleController, parseController } from '../controller.js';
import { SLICE_MEASUREMENTS } from '../observation/slice-observation.js';
import { UE_MEASUREMENTS } from '../observation/ue-observation.js';
import { seedOfNode } from '../per-node.js';
import type { QuotaMode } from '../quota.js';
import { CellController } from './cell-controller.js';
import { LabMeter, type LabResult } from './lab-meter.js';
import { reportOf } from './report-of.js';

/** Period of the split and of the reward. */
export const SPLIT_PERIOD_MS = 100;
/** Period of the scheduling weights. */
export const WEIGHT_PERIOD_MS = 10;

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
 * The control loop without the wire: the radio network, the observations and the rules that the xApps use.
 * A decision made on the report at time t is in force from the slot at t on, as in lockstep over the wire.
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
  const network = new RadioNetwork(resolveRadioConfig(input), seed);
  const cells = Array.from({ length: network.cellCount }, (_, cell) => cell);
  const controllers = cells.map(
    (cell) =>
      new CellController({ network, cell }, controller, {
        seed: seedOfNode(seed, `cell-${cell}`),
        quotaMode,
      }),
  );
  const splitWindow = network.openWindow(SPLIT_PERIOD_MS);
  const weightWindow = network.openWindow(WEIGHT_PERIOD_MS);
  let meter: LabMeter | undefined;

  while (network.timeMs < durationMs) {
    if (network.timeMs === warmUpMs) meter = new LabMeter(network, sla, durationMs - warmUpMs);
    network.advance(WEIGHT_PERIOD_MS);
    weightWindow.roll();
    controllers.forEach((each, cell) => {
      const level = 'ue';
      each.weighUes(reportOf({ network, window: weightWindow, cell, level, measurements: UE_MEASUREMENTS }));
    });
    if (network.timeMs % SPLIT_PERIOD_MS !== 0) continue;
    splitWindow.roll();
    meter?.period(splitWindow);
    controllers.forEach((each, cell) => {
      const level = 'slice';
      const measurements = SLICE_MEASUREMENTS;
      each.splitCarrier(reportOf({ network, window: splitWindow, cell, level, measurements }));
    });
  }
  if (meter === undefined) throw new RangeError('nothing was measured');
  return meter.result();
}
