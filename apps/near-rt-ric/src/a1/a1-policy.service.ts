import { isDeepStrictEqual } from 'node:util';
import { Bus } from '@ricochet/bus';
import {
  a1PolicyFeedback,
  a1PolicySchema,
  GUARD_POLICY_TYPE,
  xAppOf,
  xAppPolicy,
  xAppPolicyStatus,
  type A1Policy,
  type A1PolicyStatus,
  type EnforceStatus,
  type XAppPolicyStatus,
} from '@ricochet/contracts';
import { Store, type PolicyRecord } from '@ricochet/store';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { GuardService } from '../control/guard.service.js';
import { PlayedFaults } from '../faults/played-faults.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { XAppRegistry, type RegisteredXApp } from '../xapps/xapp-registry.service.js';
import { A1PolicyError, checkPolicy, guardOf } from './policy-types.js';

/** Answers that are kept of a policy: of all that handle it, and of lives that have ended. */
const MAX_ANSWERS = 256;

/** What one life of an xApp did with the policy as it stands. */
interface Answer {
  readonly enforceStatus: EnforceStatus;
  readonly enforceReason?: string | undefined;
}

interface HeldPolicy {
  readonly a1: A1Policy;
  /** By life of an xApp: two versions of one may handle it side by side. */
  readonly answers: Map<string, Answer>;
  /** As last told to the Non-RT RIC. */
  told?: A1PolicyStatus;
}

/**
 * A1 termination: keeps the Non-RT RIC's policies, hands each to the xApps that handle its type (KPI guards to
 * {@link GuardService}), and tells what became of it. Policies outlive us in the store; an xApp that comes again is handed them again.
 */
@Injectable()
export class A1PolicyService implements OnApplicationBootstrap {
  private readonly held = new Map<string, HeldPolicy>();
  private readonly listeners: ((status: A1PolicyStatus) => void)[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly store: Store,
    private readonly xapps: XAppRegistry,
    private readonly log: OperatorLog,
    private readonly guards: GuardService,
    private readonly faults: PlayedFaults,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.bus.subscribe(xAppPolicyStatus('*'), (status, subject) => this.answered(xAppOf(subject), status));
    this.xapps.onHeard((xapp) => {
      for (const held of this.held.values()) {
        if (xapp.policyTypes.includes(held.a1.policyTypeId)) this.handOver(held, xapp);
        this.tell(held);
      }
    });
    this.faults.onA1Back(() => {
      for (const held of this.held.values()) this.tell(held);
    });
    this.guards.onPolicy((policyId) => {
      const held = this.held.get(keyOf({ ...GUARD_POLICY_TYPE, policyId }));
      if (held !== undefined) this.tell(held);
    });
    for (const record of await this.store.policies()) {
      const { data: a1 } = a1PolicySchema.safeParse(pick(record));
      if (a1 !== undefined && !this.held.has(keyOf(a1))) this.hold(a1);
    }
  }

  /** Told whenever what became of a policy changes. */
  onFeedback(listener: (status: A1PolicyStatus) => void): void {
    this.listeners.push(listener);
  }

  /** Takes a policy in, or replaces the one of that id. @throws A1PolicyError */
  put(a1: A1Policy): void {
    checkPolicy(a1);
    const former = this.held.get(keyOf(a1));
    if (former !== undefined && isDeepStrictEqual(former.a1.policy, a1.policy)) return;
    const held = this.hold(a1);
    for (const xapp of this.handlersOf(held)) this.handOver(held, xapp);
    this.tell(held);
    // Not awaited: a disk in trouble must not hold a policy up, and the store retries.
    void this.store.savePolicy({ ...this.statusOf(held), updatedAtMs: Date.now() });
  }

  /** @throws A1PolicyError when there is no such policy */
  delete(id: Pick<A1Policy, 'policyTypeId' | 'policyId'>): void {
    const held = this.held.get(keyOf(id));
    if (held === undefined) {
      throw new A1PolicyError(
        'A1_POLICY_UNKNOWN',
        `there is no policy ${id.policyId} of type ${id.policyTypeId}`,
      );
    }
    this.held.delete(keyOf(id));
    if (guardOf(held.a1) !== undefined) this.guards.forgetPolicy(id.policyId);
    void this.store.deletePolicy(id.policyTypeId, id.policyId);
    for (const { name, instance } of this.handlersOf(held)) {
      this.bus.publish(xAppPolicy(name, instance), { ...id, policy: null });
    }
  }

  all(): A1PolicyStatus[] {
    return [...this.held.values()].map((held) => this.statusOf(held));
  }

  /** Policy types of which an xApp has not enforced a policy yet. */
  awaitedBy(xapp: RegisteredXApp): number[] {
    return xapp.policyTypes.filter(
      (type) =>
        ![...this.held.values()].some(
          ({ a1, answers }) =>
            a1.policyTypeId === type && answers.get(lifeOf(xapp))?.enforceStatus === 'ENFORCED',
        ),
    );
  }

  /** A policy that an instance should enforce, and does not yet. */
  notEnforcedBy(xapp: RegisteredXApp): string | undefined {
    for (const { a1, answers } of this.held.values()) {
      if (!xapp.policyTypes.includes(a1.policyTypeId)) continue;
      const answer = answers.get(lifeOf(xapp));
      if (answer?.enforceStatus === 'ENFORCED') continue;
      const why = answer === undefined ? 'not answered yet' : answer.enforceReason;
      return `policy ${a1.policyId} is not enforced: ${why}`;
    }
    return undefined;
  }

  private hold(a1: A1Policy): HeldPolicy {
    const held: HeldPolicy = { a1, answers: new Map() };
    this.held.set(keyOf(a1), held);
    const guard = guardOf(a1);
    if (guard !== undefined) this.guards.watchPolicy(a1.policyId, guard);
    return held;
  }

  /** Hands the policy to an xApp that does not enforce it as it stands: what was in its way may be gone by now. */
  private handOver({ a1, answers }: HeldPolicy, xapp: RegisteredXApp): void {
    if (answers.get(lifeOf(xapp))?.enforceStatus === 'ENFORCED') return;
    this.bus.publish(xAppPolicy(xapp.name, xapp.instance), a1);
  }

  private answered(xapp: string, status: XAppPolicyStatus): void {
    const { instance, policyId, policy, enforceStatus, enforceReason } = status;
    const held = this.held.get(keyOf(status));
    // The answer to a policy that has been replaced says nothing about the one in its place.
    if (held === undefined || !isDeepStrictEqual(held.a1.policy, policy)) return;
    const life = lifeOf({ name: xapp, instance });
    if (enforceStatus === 'NOT_ENFORCED' && held.answers.get(life)?.enforceReason !== enforceReason) {
      this.log.warn(`policy ${policyId} is not enforced by xApp ${xapp}: ${enforceReason}`);
    }
    held.answers.delete(life);
    held.answers.set(life, { enforceStatus, enforceReason });
    for (const oldest of held.answers.keys()) {
      if (held.answers.size <= MAX_ANSWERS) break;
      held.answers.delete(oldest);
    }
    this.tell(held);
  }

  private tell(held: HeldPolicy): void {
    if (this.faults.a1Out) return;
    const status = this.statusOf(held);
    if (isDeepStrictEqual(status, held.told)) return;
    held.told = status;
    this.bus.publish(a1PolicyFeedback, status);
    for (const listener of this.listeners) listener(status);
  }

  /** Enforced when every xApp that handles its type says so; a guard, when it is watched and not broken. */
  private statusOf(held: HeldPolicy): A1PolicyStatus {
    const not = (enforceReason: string): A1PolicyStatus => ({
      ...held.a1,
      enforceStatus: 'NOT_ENFORCED',
      enforceReason,
    });
    if (held.a1.policyTypeId === GUARD_POLICY_TYPE.policyTypeId) {
      const obstacle = this.guards.obstacleOf(held.a1.policyId);
      return obstacle === undefined ? { ...held.a1, enforceStatus: 'ENFORCED' } : not(obstacle);
    }
    const handlers = this.handlersOf(held);
    if (handlers.length === 0) return not(`no xApp handles policy type ${held.a1.policyTypeId}`);
    for (const xapp of handlers) {
      const { name } = xapp;
      const answer = held.answers.get(lifeOf(xapp));
      if (answer === undefined) return not(`xApp ${name} has not answered yet`);
      if (answer.enforceStatus === 'NOT_ENFORCED') return not(`xApp ${name}: ${answer.enforceReason}`);
    }
    return { ...held.a1, enforceStatus: 'ENFORCED' };
  }

  private handlersOf({ a1 }: HeldPolicy): RegisteredXApp[] {
    return this.xapps
      .all()
      .filter(({ state, policyTypes }) => state === 'running' && policyTypes.includes(a1.policyTypeId));
  }
}

function lifeOf({ name, instance }: Pick<RegisteredXApp, 'name' | 'instance'>): string {
  return `${name} ${instance}`;
}

function pick({ policyTypeId, policyId, policy }: PolicyRecord): unknown {
  return { policyTypeId, policyId, policy };
}

function keyOf({ policyTypeId, policyId }: Pick<A1Policy, 'policyTypeId' | 'policyId'>): string {
  return `${policyTypeId}/${policyId}`;
}
