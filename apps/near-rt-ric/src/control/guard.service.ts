import { RIC_NAME, type KpiGuard } from '@ricochet/contracts';
import { formatSNssai, type MeasurementReport, type RrmPolicyRatio } from '@ricochet/ran-types';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { IndicationService } from '../subscriptions/indication.service.js';
import { ConflictService, slicesOf } from './conflict.service.js';
import { ControlService, type AcknowledgedControl } from './control.service.js';
import { KpiGuardWatch, type GuardBreak } from './kpi-guard.js';
import { OwnReports } from './own-reports.service.js';
import { ratiosInForce } from './quota-effect.js';
import { XAppStandings } from './xapp-standings.service.js';

/** A guard, and whose it is: an xApp's, or the operator's, by an A1 policy or by configuration. */
export interface OwnedGuard {
  readonly guard: KpiGuard;
  readonly owner: string | undefined;
  readonly policyId?: string | undefined;
}

interface Watched extends OwnedGuard {
  readonly key: string;
  readonly watches: Map<string, KpiGuardWatch>;
}

/** A guard that broke at a node. */
export interface BrokenGuard extends OwnedGuard, GuardBreak {
  readonly nodeId: string;
}

/**
 * Watches the KPI guards that xApps, the operator and A1 policies have declared: what breaks after controls is told to those who
 * made them and to the guard's owner, and where the guard says so the quotas of before are put back.
 */
@Injectable()
export class GuardService implements OnModuleInit {
  private readonly watched = new Map<string, Watched>();
  /** By node. */
  private readonly inForce = new Map<string, readonly RrmPolicyRatio[]>();
  private readonly listeners: ((broken: BrokenGuard) => void)[] = [];
  private policyListener: ((policyId: string) => void) | undefined;
  private rollBacks = 0;

  constructor(
    private readonly indications: IndicationService,
    private readonly controls: ControlService,
    private readonly conflicts: ConflictService,
    private readonly standings: XAppStandings,
    private readonly ownReports: OwnReports,
    @Inject(RIC_CONFIG) private readonly config: RicConfig,
  ) {}

  onModuleInit(): void {
    for (const [index, guard] of this.config.RICOCHET_CONFLICTS.guards.entries()) {
      this.watch(`operator ${index}`, { guard, owner: undefined });
    }
    this.standings.onDeclared((owner, { guard }) => {
      if (guard === undefined) this.watched.delete(owner);
      else this.watch(owner, { guard, owner });
    });
    this.indications.onReport((report) => this.judge(report));
    this.controls.onAcknowledged((control) => this.changed(control));
  }

  /** Told of every guard that breaks after controls. */
  onBroken(listener: (broken: BrokenGuard) => void): void {
    this.listeners.push(listener);
  }

  /** Told whenever {@link obstacleOf} a policy's guard may have become another. */
  onPolicy(listener: (policyId: string) => void): void {
    this.policyListener = listener;
  }

  /** Watches the guard of an A1 policy from now on, instead of the one that it had. */
  watchPolicy(policyId: string, guard: KpiGuard): void {
    if (guard.rollBack) this.controls.expectRollBacks();
    this.watch(policyKey(policyId), { guard, owner: undefined, policyId });
  }

  forgetPolicy(policyId: string): void {
    this.watched.delete(policyKey(policyId));
  }

  /** Why the guard of a policy is not enforced now; `undefined`: it is. */
  obstacleOf(policyId: string): string | undefined {
    const watched = this.watched.get(policyKey(policyId));
    if (watched === undefined) return 'it is not watched';
    const { guard, watches } = watched;
    for (const [nodeId, { broken }] of watches) if (broken !== undefined) return `${broken} at ${nodeId}`;
    const isSeen = [...watches.values()].some(({ hasJudged }) => hasJudged);
    return isSeen ? undefined : `no node has reported ${guard.kpi} at ${guard.level} level yet`;
  }

  private changed({ controlId, xapp, nodeId, control, atMs }: AcknowledgedControl): void {
    if (xapp === RIC_NAME || this.isInForce(nodeId, control)) return;
    const { priority } = this.standings.of(xapp);
    const change = { controlId, xapp, priority, kind: control.kind, slices: slicesOf(control), atMs };
    for (const guard of this.watched.values()) this.watchOf(guard, nodeId).changed(change);
  }

  /** A quota that is asked for again changes nothing. */
  private isInForce(nodeId: string, control: AcknowledgedControl['control']): boolean {
    if (control.kind !== 'slice-quota') return false;
    const inForce = this.inForce.get(nodeId) ?? [];
    return control.ratios.every((asked) => inForce.some((ratio) => textOf(ratio) === textOf(asked)));
  }

  private judge(report: MeasurementReport): void {
    if (report.level === 'ue') return;
    const ratios = ratiosInForce(report);
    if (ratios !== undefined) this.inForce.set(report.nodeId, ratios);
    for (const guard of this.watched.values()) {
      const watch = this.watchOf(guard, report.nodeId);
      const { hasJudged, broken: before } = watch;
      const broken = watch.judge(report, this.inForce.get(report.nodeId));
      const { policyId } = guard;
      if (policyId !== undefined && (watch.hasJudged !== hasJudged || watch.broken !== before)) {
        this.policyListener?.(policyId);
      }
      if (broken === undefined) continue;
      const { nodeId, timeMs } = report;
      void this.settle({ ...broken, guard: guard.guard, owner: guard.owner, policyId, nodeId }, timeMs);
    }
  }

  private async settle(broken: BrokenGuard, atMs: number): Promise<void> {
    for (const listener of this.listeners) listener(broken);
    const { nodeId, owner, changes, policyId } = broken;
    const text = policyId === undefined ? broken.text : `policy ${policyId}: ${broken.text}`;
    const otherPriority = owner === undefined ? undefined : this.standings.of(owner).priority;
    const rollBack = await this.rollBack(broken, otherPriority);
    for (const { kind: control, ...change } of changes) {
      const { controlId, xapp, priority, slices } = change;
      this.conflicts.decide({
        kind: 'indirect',
        decision: rollBack?.isDone && control === 'slice-quota' ? 'rolled-back' : 'guard-broken',
        nodeId,
        control,
        slices: [...slices],
        atMs,
        xapp,
        priority,
        ...(owner !== undefined && { other: owner, otherPriority }),
        controlId,
        text: rollBack === undefined ? text : `${text}; ${rollBack.text}`,
      });
    }
  }

  /** Puts back what was in force; `undefined` when that is not wanted. */
  private async rollBack(
    { guard, changes, lastGood, nodeId }: BrokenGuard,
    ownerPriority = Infinity,
  ): Promise<{ isDone: boolean; text: string } | undefined> {
    if (!guard.rollBack || !changes.some(({ kind }) => kind === 'slice-quota')) return undefined;
    const not = (why: string) => ({ isDone: false, text: `not rolled back: ${why}` });
    const higher = changes.find(({ priority }) => priority > ownerPriority);
    if (higher !== undefined) return not(`${higher.xapp} has a higher priority`);
    if (lastGood === undefined) return not('what was in force before is not known');
    const control = { kind: 'slice-quota' as const, ratios: [...lastGood] };
    const { outcome, cause } = await this.controls.control({
      xapp: RIC_NAME,
      instance: RIC_NAME,
      sequence: ++this.rollBacks,
      nodeId,
      control,
    });
    if (outcome !== 'acknowledged') return not(`${outcome}: ${cause}`);
    return { isDone: true, text: `rolled back to slice ${lastGood.map(textOf).join(', ')}` };
  }

  private watchOf({ watches, guard }: Watched, nodeId: string): KpiGuardWatch {
    let watch = watches.get(nodeId);
    if (watch === undefined) watches.set(nodeId, (watch = new KpiGuardWatch(guard)));
    return watch;
  }

  /** From now on; what was seen of another guard of the same owner is forgotten. */
  private watch(id: string, owned: OwnedGuard): void {
    const key = JSON.stringify(owned.guard);
    if (this.watched.get(id)?.key === key) return;
    this.watched.set(id, { ...owned, key, watches: new Map() });
    this.ownReports.wantKpi(owned.guard.level, owned.guard.kpi);
  }
}

function policyKey(policyId: string): string {
  return `policy ${policyId}`;
}

function textOf({ snssai, minRatio, maxRatio, dedicatedRatio }: RrmPolicyRatio): string {
  const dedicated = dedicatedRatio > 0 ? ` (${dedicatedRatio} % dedicated)` : '';
  return `${formatSNssai(snssai)}: ${minRatio}..${maxRatio} %${dedicated}`;
}
