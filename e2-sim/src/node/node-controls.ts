import { type RicControlRequest } from '@ricochet/e2ap';
import { ControlRejected } from '@ricochet/e2-node';
import { type LatencyMeter } from '../sampling/latency-meter.js';
import { callProcessNumber } from './call-process.js';
import { type PreparedControl } from './control-executor.js';
import { type E2Faults } from './e2-faults.js';

/** Puts the controls of one instant in one order: by node, then requestor (its xApp), then sequence. */
export interface ControlOrder {
  readonly cell: number;
  readonly requestorId: number;
  readonly instanceId: number;
}

export interface NodeControlsOptions {
  readonly cell: number;
  readonly latency: LatencyMeter;
  readonly faults: Pick<E2Faults, 'ofControls'>;
  /** Executes what a control asks for: at once, or at the end of the lockstep period. */
  readonly execute: (order: ControlOrder, control: () => void) => void;
  readonly warn: (line: string) => void;
}

/** The controls of one node, and how many there were. */
export class NodeControls {
  applied = 0;
  failed = 0;

  constructor(private readonly options: NodeControlsOptions) {}

  /** Has done what `prepare` makes of a control, or tells why it can not be: `prepare` throws ControlRejected. */
  run(
    { ricRequestId, ricCallProcessId }: RicControlRequest,
    prepare: () => PreparedControl,
  ): PreparedControl | ControlRejected {
    const { cell, latency, faults, execute, warn } = this.options;
    const fault = faults.ofControls;
    try {
      if (fault?.kind === 'control-failure')
        throw new ControlRejected({ ricRequest: fault.cause }, fault.text);
      const prepared = prepare();
      if (fault?.kind === 'control-without-effect') return prepared;
      execute({ cell, ...ricRequestId }, prepared.execute);
      if (ricCallProcessId) latency.controlApplied(callProcessNumber(ricCallProcessId));
      this.applied += 1;
      return prepared;
    } catch (error) {
      if (!(error instanceof ControlRejected)) throw error;
      this.failed += 1;
      warn(`control refused: ${error.message}`);
      return error;
    }
  }
}
