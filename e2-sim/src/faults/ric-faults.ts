import { type Bus } from '@ricochet/bus';
import { ricFaults, type RicFaults as FaultsInForce } from '@ricochet/contracts';
import { messageOf, type Logger } from '@ricochet/platform';
import { type RicFault } from '@ricochet/scenario';

const TIMEOUT_MS = 2_000;

/** Tells the RIC. One that does not answer is not ours, or begins anew: then nothing is wrong with it. */
export function tellRic({ bus, log }: { readonly bus: Bus; readonly log: Logger }) {
  return async (inForce: FaultsInForce): Promise<void> => {
    try {
      await bus.request(ricFaults, inForce, TIMEOUT_MS);
    } catch (error) {
      if (inForce.a1Out || inForce.cutOff.length > 0)
        log.warn(`the RIC plays no faults: ${messageOf(error)}`);
    }
  };
}

/** What the scenario has go wrong inside the RIC, by simulation time: the RIC is told whenever that changes. */
export class RicFaults {
  private inForce: { readonly fault: RicFault; readonly untilMs: number }[] = [];

  constructor(private readonly tell: (inForce: FaultsInForce) => Promise<void>) {}

  /** Says that nothing is wrong: the RIC may have heard otherwise from a simulator before us. */
  start(): Promise<void> {
    return this.tell(this.state());
  }

  begin(fault: RicFault, nowMs: number): Promise<void> {
    this.inForce.push({ fault, untilMs: nowMs + fault.durationMs });
    return this.tell(this.state());
  }

  /** Ends those whose time is over. */
  async proceed(nowMs: number): Promise<void> {
    const lasting = this.inForce.filter(({ untilMs }) => untilMs > nowMs);
    if (lasting.length === this.inForce.length) return;
    this.inForce = lasting;
    await this.tell(this.state());
  }

  private state(): FaultsInForce {
    const outages = this.inForce.flatMap(({ fault }) => (fault.kind === 'nats-outage' ? [fault] : []));
    return {
      cutOff: outages.some(({ xapps }) => xapps === undefined)
        ? 'all'
        : [...new Set(outages.flatMap(({ xapps = [] }) => xapps))],
      a1Out: this.inForce.some(({ fault }) => fault.kind === 'a1-outage'),
    };
  }
}
