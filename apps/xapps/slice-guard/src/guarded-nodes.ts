import {
  type ControlConflict,
  type ControlEffect,
  type Counter,
  type Json,
  type Ric,
  type XAppContext,
} from '@ricochet/xapp-sdk';
import { type GuardConfig } from './guard.config.js';
import { NodeGuard, type NodeGuardOptions, type NodeRecord } from './node-guard.js';
import { slicesOf, type SliceReport } from './slice-view.js';

const SAVE_EVERY_MS = 1_000;
/** So many plain reports without a whole one between: the node has no others. */
const PLAIN_AFTER = 3;

interface GuardedNode {
  readonly guard: NodeGuard;
  /** What a former life left of it has been looked for. */
  readonly resumed: Promise<void>;
  readonly say: (line: string) => void;
  carrierPrbs: number | undefined;
  plainOnEnd: number;
  /** Effects of our controls, to be looked at with a report after them: in lockstep always the same one. */
  readonly effects: ControlEffect[];
  latestMs: number;
  savedMs: number;
}

/** The nodes that are guarded, and their guards' way to the RIC. */
export class GuardedNodes {
  private readonly nodes = new Map<string, GuardedNode>();
  private readonly controls: Counter;
  private readonly effective: Counter;
  private readonly ineffective: Counter;
  private readonly warnings: Counter;

  constructor(
    private readonly context: XAppContext<GuardConfig>,
    private readonly options: Omit<NodeGuardOptions, 'tell'>,
  ) {
    const { metrics } = context;
    this.controls = metrics.counter('controls_total', 'Controls asked for');
    this.effective = metrics.counter('effective_total', 'Controls that had their effect');
    this.ineffective = metrics.counter(
      'ineffective_total',
      'Controls that had none, or none that was measured',
    );
    this.warnings = metrics.counter('warnings_total', 'Things that an operator was told once');
  }

  /** PRBs of a node's carrier, as it tells them. */
  carrier(nodeId: string, prbs: number | undefined): void {
    if (prbs !== undefined) this.node(nodeId).carrierPrbs = prbs;
  }

  async follow(report: SliceReport, ric: Ric): Promise<void> {
    const { nodeId, timeMs, periodMs } = report;
    const node = this.node(nodeId);
    await node.resumed;
    if (!this.isTheOne(node, report)) return;
    const carrierPrbs = node.carrierPrbs ?? this.options.config().carrierPrbs;
    if (carrierPrbs === undefined) {
      if (timeMs > 2 * CARRIER_WITHIN_MS) node.say('its PRBs are not known: set carrierPrbs');
      return;
    }
    this.judge(node, timeMs);
    const ratios = node.guard.follow(slicesOf(report), { timeMs, periodMs, carrierPrbs });
    if (ratios !== undefined) {
      this.controls.inc();
      const control = ric.control({ kind: 'slice-quota', ratios: [...ratios] });
      void control.effect().then((effect) => node.effects.push(effect));
      void control.then(({ outcome, cause }) => {
        if (outcome !== 'acknowledged') node.guard.refused(timeMs, `${outcome}: ${cause}`);
      });
    }
    if (timeMs - node.savedMs >= SAVE_EVERY_MS) await this.save(nodeId, node);
  }

  /** Counts what a control did. */
  count({ effective }: ControlEffect): void {
    (effective ? this.effective : this.ineffective).inc();
  }

  conflict({ kind, with: other, nodeId, outcome, reason, timeMs, untilMs }: ControlConflict): void {
    const node = this.node(nodeId);
    node.say(`${kind} conflict with ${other}, ${outcome}: ${reason.replace(/ until .*/, '')}`);
    if (kind !== 'direct') return;
    if (outcome === 'held') node.guard.rival(timeMs);
    else if (untilMs !== undefined) node.guard.displaced(untilMs);
  }

  /** Keeps what the next life goes on with. */
  async saveAll(): Promise<void> {
    await Promise.all([...this.nodes].map(([nodeId, node]) => this.save(nodeId, node)));
  }

  private node(nodeId: string): GuardedNode {
    const known = this.nodes.get(nodeId);
    if (known !== undefined) return known;
    const said = new Set<string>();
    const say = (line: string): void => {
      if (said.has(line)) return;
      said.add(line);
      this.warnings.inc();
      this.context.log.warn(`${nodeId}: ${line}`);
    };
    const guard = new NodeGuard({ ...this.options, tell: say });
    const node: GuardedNode = {
      ...{ guard, say, resumed: this.resume(nodeId, guard) },
      ...{ carrierPrbs: undefined, plainOnEnd: 0, effects: [], latestMs: 0, savedMs: 0 },
    };
    this.nodes.set(nodeId, node);
    return node;
  }

  /** A node that gives both kinds of reports is followed by the whole ones. */
  private isTheOne(node: GuardedNode, { subscription, timeMs }: SliceReport): boolean {
    node.latestMs = timeMs;
    if (subscription === 'whole') {
      node.plainOnEnd = 0;
      return true;
    }
    node.plainOnEnd += 1;
    if (node.plainOnEnd < PLAIN_AFTER) return false;
    node.say('tells neither demand nor quotas in force: what is used counts as needed, and delays are means');
    return true;
  }

  private judge(node: GuardedNode, timeMs: number): void {
    const measured = node.effects.filter(({ measuredAtMs }) => measuredAtMs < timeMs);
    node.effects.splice(0, node.effects.length, ...node.effects.filter((each) => !measured.includes(each)));
    for (const effect of measured) node.guard.judge(effect, timeMs);
  }

  private async resume(nodeId: string, guard: NodeGuard): Promise<void> {
    const record = await this.context.data.get(keyOf(nodeId)).catch(() => undefined);
    if (record !== undefined) guard.resume(record as unknown as NodeRecord);
  }

  private async save(nodeId: string, node: GuardedNode): Promise<void> {
    node.savedMs = node.latestMs;
    const record = node.guard.record(node.latestMs) as unknown as Json;
    await this.context.data.set(keyOf(nodeId), record).catch((error: unknown) => {
      node.say(`its state can not be kept: ${String(error)}`);
    });
  }
}

const CARRIER_WITHIN_MS = 1_000;
const keyOf = (nodeId: string): string => `nodes/${nodeId}`;
