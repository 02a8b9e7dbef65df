import { MAX_FAULT_LIMIT_MS, type RicFaults as FaultsInForce } from '@ricochet/contracts';
import { messageOf } from '@ricochet/platform';
import { type RicFault } from '@ricochet/scenario';

/** In real time the RIC bears a fault so much longer than it should last, when we say nothing any more. */
const GRACE_MS = 2_000;

/** The RIC did not say that it plays a fault, or plays it no more. */
export class RicFaultError extends Error {
  override readonly name = 'RicFaultError';
}

export interface RicFaultsOptions {
  /** Tells the RIC; rejects when it does not confirm. */
  readonly tell: (inForce: FaultsInForce) => Promise<unknown>;
  readonly mode: 'real-time' | 'lockstep';
  /** Simulated over wall time. */
  readonly speed: number;
  /** Told in real time that the RIC plays no faults, and why. */
  readonly onUntold: (reason: string) => void;
}

/**
 * What the scenario has go wrong inside the RIC, by simulation time: the RIC is told whenever that changes. In lockstep
 * a run without what its scenario says is none; in real time it goes on.
 */
export class RicFaults {
  private inForce: { readonly fault: RicFault; readonly untilMs: number }[] = [];

  constructor(private readonly options: RicFaultsOptions) {}

  /**
   * Says that nothing is wrong: the RIC may have heard otherwise from a simulator before us. One that does not answer is
   * not ours, or begins anew: then nothing is wrong with it.
   */
  async start(): Promise<void> {
    await this.options.tell(NONE).catch(() => undefined);
  }

  /** @throws RicFaultError in lockstep, when the RIC does not confirm */
  begin(fault: RicFault, nowMs: number): Promise<void> {
    this.inForce.push({ fault, untilMs: nowMs + fault.durationMs });
    return this.tell(nowMs);
  }

  /** Ends those whose time is over. @throws RicFaultError as {@link begin} */
  async proceed(nowMs: number): Promise<void> {
    const lasting = this.inForce.filter(({ untilMs }) => untilMs > nowMs);
    if (lasting.length === this.inForce.length) return;
    this.inForce = lasting;
    await this.tell(nowMs);
  }

  /** Ends all, whatever their time, as nobody would afterwards. */
  async end(): Promise<void> {
    if (this.inForce.length === 0) return;
    this.inForce = [];
    await this.start();
  }

  private async tell(nowMs: number): Promise<void> {
    const { tell, mode, onUntold } = this.options;
    try {
      await tell(this.state(nowMs));
    } catch (error) {
      const reason = `the Near-RT RIC does not play the faults of the scenario: ${messageOf(error)}`;
      if (mode === 'lockstep') throw new RicFaultError(reason);
      onUntold(reason);
    }
  }

  private state(nowMs: number): FaultsInForce {
    if (this.inForce.length === 0) return NONE;
    const outages = this.inForce.flatMap(({ fault }) => (fault.kind === 'nats-outage' ? [fault] : []));
    return {
      cutOff: outages.some(({ xapps }) => xapps === undefined)
        ? 'all'
        : [...new Set(outages.flatMap(({ xapps = [] }) => xapps))],
      a1Out: this.inForce.some(({ fault }) => fault.kind === 'a1-outage'),
      ...this.limit(nowMs),
    };
  }

  /** In lockstep time waits for us. */
  private limit(nowMs: number): Pick<FaultsInForce, 'limitMs'> {
    const { mode, speed } = this.options;
    if (mode === 'lockstep') return {};
    const restMs = Math.max(...this.inForce.map(({ untilMs }) => untilMs)) - nowMs;
    return { limitMs: Math.min(Math.ceil(restMs / speed) + GRACE_MS, MAX_FAULT_LIMIT_MS) };
  }
}

const NONE: FaultsInForce = { cutOff: [], a1Out: false };
