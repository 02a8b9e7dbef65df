import { setTimeout as sleep } from 'node:timers/promises';
import { getVector, putVector, type Bus } from '@ricochet/bus';
import {
  a1Policies,
  a1PolicyFeedback,
  a1PutPolicy,
  contribute,
  MODEL_POLICY_TYPES,
  modelGet,
  modelPolicySchema,
  ricStatus,
  roundClosed,
  roundOpen,
  type A1Policy,
  type LearningLevel,
  type MessageOf,
  type ReplyOf,
} from '@ricochet/contracts';
import { SeededRandom } from '@ricochet/rl';
import { waitFor } from './wait-for.js';

export const NODES = ['du-1', 'du-2', 'du-3'];
/** Who was asked has been killed when it takes longer. */
const PATIENCE_MS = 500;

/** What the Near-RT RIC's A1 termination would do: takes policies and enforces them at once. */
export class FakeNearRtRic {
  readonly taken: A1Policy[] = [];
  private readonly stops: (() => void)[] = [];

  constructor(private readonly bus: Bus) {}

  /** The version that the level's last policy names. */
  version(level: LearningLevel): number | undefined {
    const last = this.taken.findLast(
      ({ policyTypeId }) => policyTypeId === MODEL_POLICY_TYPES[level].policyTypeId,
    );
    return last && modelPolicySchema.parse(last.policy).modelVersion;
  }

  start(): void {
    const { bus } = this;
    this.stops.push(
      bus.serve(a1PutPolicy, (policy) => {
        this.taken.push(policy);
        bus.publish(a1PolicyFeedback, { ...policy, enforceStatus: 'ENFORCED' });
        return {};
      }),
      bus.serve(a1Policies, () => ({ policies: [] })),
    );
  }

  stop(): void {
    for (const stop of this.stops.splice(0)) stop();
  }

  /** As a Near-RT RIC of this life tells of itself. */
  tell(instance: string): void {
    const counts = Object.fromEntries(
      [
        ...[
          'indications',
          'missed',
          'duplicates',
          'late',
          'controlsAcknowledged',
          'controlsRefused',
          'controlsFailed',
        ],
        ...['controlsTimedOut', 'effectsEffective', 'effectsIneffective', 'effectsNotMeasured'],
        ...['invalidMessages', 'storeRowsDropped'],
      ].map((name) => [name, 0]),
    ) as MessageOf<typeof ricStatus>['counts'];
    this.bus.publish(ricStatus, {
      instance,
      nodes: [],
      xapps: [],
      decisions: [],
      policies: [],
      counts,
      log: [],
    });
  }
}

/** Three DUs of one level: act with the policy's version, open rounds and contribute, whatever happens meanwhile. */
export class FakeDus {
  /** Versions that a policy named and nobody had. */
  readonly lost: string[] = [];
  private readonly random: SeededRandom;
  private running: Promise<void> | undefined;
  private stopping = false;
  private model: { readonly version: number; readonly length: number } | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly ric: FakeNearRtRic,
    private readonly level: LearningLevel,
  ) {
    this.random = new SeededRandom('dus', level);
  }

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.round();
      } catch {
        // Nobody answers, or the round was refused: somebody has just been killed.
        await sleep(20);
      }
    }
  }

  private async round(): Promise<void> {
    const { level, bus } = this;
    const modelVersion = this.ric.version(level);
    if (modelVersion === undefined) return sleep(20);
    const { length } = await this.adopt(modelVersion);
    const opening = { level, modelVersion, participants: NODES, engine: 'test', timeMs: 0 };
    const { round } = await bus.request(roundOpen, opening, PATIENCE_MS);
    let closed = false;
    const stop = bus.subscribe(roundClosed, (one) => {
      closed ||= one.level === level && one.round === round;
    });
    try {
      await Promise.all(NODES.map((nodeId) => this.contribute({ round, nodeId, modelVersion, length })));
      await waitFor('the round closed', () => closed, PATIENCE_MS);
    } finally {
      stop();
    }
  }

  /** Throws when the policy names what does not exist. */
  private async adopt(version: number): Promise<{ readonly version: number; readonly length: number }> {
    if (this.model?.version === version) return this.model;
    const { model } = await this.bus.request(modelGet, { level: this.level, version }, PATIENCE_MS);
    if (model === null) this.lost.push(`${this.level} v${version}`);
    const { length } = await getVector(this.bus, (model as Model).parameters);
    return (this.model = { version, length });
  }

  private async contribute({ length, ...about }: Part): Promise<void> {
    const gradient = await putVector(
      this.bus,
      Float32Array.from({ length }, () => this.random.normal()),
    );
    const evidence = { gradient, tdVariance: this.random.uniform(), supportSamples: 64, querySamples: 64 };
    const reward = { meanReward: 0.9, decisions: 10 };
    await this.bus.request(contribute, { level: this.level, ...about, ...evidence, ...reward }, PATIENCE_MS);
  }
}

interface Part {
  readonly round: number;
  readonly nodeId: string;
  readonly modelVersion: number;
  /** Of the gradient. */
  readonly length: number;
}

type Model = NonNullable<ReplyOf<typeof modelGet>['model']>;
