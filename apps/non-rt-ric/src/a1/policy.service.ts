import { isDeepStrictEqual } from 'node:util';
import { Bus, BusError } from '@ricochet/bus';
import {
  a1Policies,
  a1PolicyFeedback,
  a1PutPolicy,
  ricStatus,
  type A1Policy,
  type A1PolicyStatus,
} from '@ricochet/contracts';
import { BackOff, messageOf } from '@ricochet/platform';
import { Store } from '@ricochet/store';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { OperatorLog } from '../status/operator-log.service.js';

const REQUEST_TIMEOUT_MS = 2_000;
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 2_000;

/** A policy on its way to the Near-RT RIC, or there. A change of any kind makes a new one. */
interface WantedPolicy {
  readonly a1: A1Policy;
  status: Pick<A1PolicyStatus, 'enforceStatus' | 'enforceReason'>;
}

/**
 * A1 policy management: keeps the policies that we want enforced, hands each to the Near-RT RIC until that has
 * answered, again whenever it begins anew, and keeps what it says of them. Policies outlive us in the store.
 */
@Injectable()
export class PolicyService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly wanted = new Map<string, WantedPolicy>();
  private nearRtRic: string | undefined;
  private silent = false;
  private stopping = false;

  constructor(
    private readonly bus: Bus,
    private readonly store: Store,
    private readonly log: OperatorLog,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.bus.subscribe(a1PolicyFeedback, (status) => this.hear(status));
    this.bus.subscribe(ricStatus, ({ instance }) => this.see(instance));
    for (const {
      policyTypeId,
      policyId,
      policy,
      enforceStatus,
      enforceReason,
    } of await this.store.policies()) {
      const a1 = { policyTypeId, policyId, policy: policy as A1Policy['policy'] };
      // Unless it has been replaced while we read.
      if (!this.wanted.has(keyOf(a1))) this.handOver({ a1, status: { enforceStatus, enforceReason } });
    }
  }

  onApplicationShutdown(): void {
    this.stopping = true;
  }

  /** What we want, with what the Near-RT RIC last said of it. */
  all(): A1PolicyStatus[] {
    return [...this.wanted.values()].map(({ a1, status }) => ({ ...a1, ...status }));
  }

  /** Wants a policy enforced from now on, instead of the one of that id. */
  want(a1: A1Policy): void {
    if (isDeepStrictEqual(this.wanted.get(keyOf(a1))?.a1, a1)) return;
    const wanted: WantedPolicy = { a1, status: not('the Near-RT RIC has not answered yet') };
    this.keep(wanted);
    this.handOver(wanted);
  }

  /** Hands a policy over until the Near-RT RIC has answered, or the policy is not wanted any more. */
  private handOver(wanted: WantedPolicy): void {
    this.wanted.set(keyOf(wanted.a1), wanted);
    const backOff = new BackOff(FIRST_RETRY_MS, MAX_RETRY_MS);
    const attempt = async (): Promise<void> => {
      if (this.stopping || this.wanted.get(keyOf(wanted.a1)) !== wanted) return;
      if (!(await this.put(wanted))) setTimeout(() => void attempt(), backOff.next()).unref();
    };
    void attempt();
  }

  private async put(wanted: WantedPolicy): Promise<boolean> {
    try {
      await this.bus.request(a1PutPolicy, wanted.a1, REQUEST_TIMEOUT_MS);
      if (this.silent) this.log.info('the Near-RT RIC takes policies again');
      this.silent = false;
      await this.ask();
      return true;
    } catch (error) {
      if (error instanceof BusError && error.code === 'BUS_REFUSED') {
        this.change(wanted, not(`refused: ${error.message}`));
      } else if (!this.stopping) {
        if (!this.silent) this.log.warn(`the Near-RT RIC takes no policies: ${messageOf(error)}`);
        this.silent = true;
      }
      return false;
    }
  }

  /** One that was there already may not be told of again. */
  private async ask(): Promise<void> {
    try {
      const { policies } = await this.bus.request(a1Policies, {}, REQUEST_TIMEOUT_MS);
      for (const status of policies) this.hear(status);
    } catch {
      // Feedback will tell.
    }
  }

  private hear({ enforceStatus, enforceReason, ...a1 }: A1PolicyStatus): void {
    const wanted = this.wanted.get(keyOf(a1));
    // What became of a policy that has been replaced says nothing about the one in its place.
    if (wanted === undefined || !isDeepStrictEqual(wanted.a1, a1)) return;
    this.change(wanted, { enforceStatus, enforceReason });
  }

  private change(wanted: WantedPolicy, status: WantedPolicy['status']): void {
    const { enforceStatus, enforceReason } = wanted.status;
    if (status.enforceStatus === enforceStatus && status.enforceReason === enforceReason) return;
    wanted.status = status;
    const refused = status.enforceReason?.startsWith('refused');
    if (refused) this.log.warn(`policy ${wanted.a1.policyId}: ${status.enforceReason}`);
    this.keep(wanted);
  }

  private keep({ a1, status }: WantedPolicy): void {
    // Not awaited: a disk in trouble must not hold a policy up, and the store retries.
    void this.store.savePolicy({ ...a1, ...status, updatedAtMs: Date.now() });
  }

  /** A Near-RT RIC that begins anew may have lost what it was told. */
  private see(instance: string): void {
    if (this.nearRtRic !== undefined && this.nearRtRic !== instance) {
      for (const { a1, status } of [...this.wanted.values()]) this.handOver({ a1, status });
    }
    this.nearRtRic = instance;
  }
}

function not(enforceReason: string): WantedPolicy['status'] {
  return { enforceStatus: 'NOT_ENFORCED', enforceReason };
}

function keyOf({ policyTypeId, policyId }: Pick<A1Policy, 'policyTypeId' | 'policyId'>): string {
  return `${policyTypeId}/${policyId}`;
}
