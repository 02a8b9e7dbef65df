import { randomUUID } from 'node:crypto';
import { Bus } from '@ricochet/bus';
import { ricStatus, type MessageOf, type NodeStatus, type RicCounts } from '@ricochet/contracts';
import { messageOf } from '@ricochet/platform';
import { Store } from '@ricochet/store';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { A1PolicyService } from '../a1/a1-policy.service.js';
import { ControlService } from '../control/control.service.js';
import { EffectService } from '../control/effect.service.js';
import { quotaLimitOf } from '../control/quota-manner.js';
import { type E2Node } from '../e2/e2-node.js';
import { E2Termination } from '../e2/e2-termination.service.js';
import { gnbOf } from '../e2/gnb-of.js';
import { NodeRegistry } from '../e2/node-registry.service.js';
import { KpiRecorder } from '../recording/kpi-recorder.service.js';
import { IndicationService } from '../subscriptions/indication.service.js';
import { SubscriptionManager } from '../subscriptions/subscription-manager.service.js';
import { XAppReconciler } from '../xapps/xapp-reconciler.service.js';
import { XAppRegistry } from '../xapps/xapp-registry.service.js';
import { OperatorLog } from './operator-log.service.js';

const PUBLISH_EVERY_MS = 250;

/** Tells a few times a second how the RIC is. */
@Injectable()
export class StatusService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly instance = randomUUID();
  private publishing: NodeJS.Timeout | undefined;
  private invalidRequests = 0;

  constructor(
    private readonly bus: Bus,
    private readonly store: Store,
    private readonly termination: E2Termination,
    private readonly nodes: NodeRegistry,
    private readonly subscriptions: SubscriptionManager,
    private readonly indications: IndicationService,
    private readonly controls: ControlService,
    private readonly effects: EffectService,
    private readonly reconciler: XAppReconciler,
    private readonly registry: XAppRegistry,
    private readonly policies: A1PolicyService,
    private readonly kpis: KpiRecorder,
    private readonly log: OperatorLog,
  ) {}

  onApplicationBootstrap(): void {
    this.publishing = setInterval(() => this.bus.publish(ricStatus, this.status()), PUBLISH_EVERY_MS);
  }

  /** Resolves when what the store was told has been written, or its fault is in the log. */
  async flush(): Promise<void> {
    await this.store.flush().catch((error: unknown) => this.log.warn(`store: ${messageOf(error)}`));
  }

  /** A request that could not be read came by the control plane. */
  invalidRequest(line: string): void {
    this.invalidRequests += 1;
    this.log.warn(line);
  }

  onApplicationShutdown(): void {
    clearInterval(this.publishing);
  }

  status(): MessageOf<typeof ricStatus> {
    return {
      instance: this.instance,
      nodes: this.nodesSeen(),
      sctp: this.termination.sctpState,
      xapps: this.xapps(),
      decisions: [...this.effects.decisions],
      policies: this.policies.all(),
      counts: this.counts(),
      log: [...this.log.latest],
    };
  }

  nodesSeen(): NodeStatus[] {
    return this.nodes.all().map((node) => ({ ...nodeStatusOf(node), slices: this.kpis.latestOf(node) }));
  }

  xapps(): MessageOf<typeof ricStatus>['xapps'] {
    const hosted = this.reconciler.hosted();
    const names = new Set([...hosted, ...this.registry.all()].map(({ name }) => name));
    return [...names].map((name) => {
      const host = hosted.find((one) => one.name === name);
      const registered = this.registry.find(name);
      const subscriptions = this.subscriptions.tallyOf(name);
      return {
        name,
        version: registered?.version ?? host?.version ?? '',
        state: host?.state === 'parked' ? 'parked' : (registered?.state ?? 'starting'),
        cause: host?.cause,
        restarts: host?.restarts ?? 0,
        subscriptionsActive: subscriptions.active,
        subscriptionsFailed: subscriptions.failed,
        controls: registered?.controls ?? 0,
        skipped: registered?.skipped ?? 0,
      };
    });
  }

  counts(): RicCounts {
    const { acknowledged, refused, failed, 'timed-out': timedOut } = this.controls.counts;
    return {
      ...this.indications.counts,
      controlsAcknowledged: acknowledged,
      controlsRefused: refused,
      controlsFailed: failed,
      controlsTimedOut: timedOut,
      effectsEffective: this.effects.counts.effective,
      effectsIneffective: this.effects.counts.ineffective,
      effectsNotMeasured: this.effects.counts.notMeasured,
      invalidMessages: this.termination.invalidPdus + this.bus.invalidMessages + this.invalidRequests,
      storeRowsDropped: this.store.stats().rowsDropped,
    };
  }
}

export function nodeStatusOf(node: E2Node): NodeStatus {
  const { nodeId, globalId, association, functions, transport, peer, profile, refusedPdus } = node;
  const gnb = gnbOf(globalId);
  const limit = quotaLimitOf(profile);
  return {
    nodeId,
    state: association === undefined ? 'disconnected' : 'connected',
    ranFunctions: functions.map(({ model }) => model.shortName),
    ...(gnb !== nodeId && { gnb }),
    transport,
    profile: profile.name,
    ...(limit !== undefined && { limit }),
    peer,
    refusedPdus,
  };
}
