import { Bus, getVector, putVector } from '@ricochet/bus';
import {
  LEARNING_LEVELS,
  MODEL_POLICY_TYPES,
  type LearningLevel,
  type ModelOrigin,
  type NonRtStatus,
  type ReplyOf,
  type RequestOf,
  type modelActivate,
  type modelGet,
  type modelSave,
} from '@ricochet/contracts';
import { Store } from '@ricochet/store';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PolicyService } from '../a1/policy.service.js';
import { NON_RT_RIC_CONFIG, type NonRtRicConfig } from '../non-rt-ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { checkModel, type ModelInForce } from './model-check.js';
import { ModelRegistryError } from './model-registry.error.js';

/** Less than askers wait: they are told that the disk is in trouble. */
const STORE_TIMEOUT_MS = 1_500;
/** Versions whose keys are looked at when one is said again. */
const RECENT_VERSIONS = 100;

type SaveRequest = RequestOf<typeof modelSave>;

/** Model versions with their lineage, and which one is in force on each level. */
@Injectable()
export class ModelRegistry implements OnApplicationBootstrap {
  private readonly inForce = new Map<LearningLevel, ModelInForce>();
  private readonly rollbacks = new Map<LearningLevel, number>();
  /** What changes the versions goes one after the other. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly bus: Bus,
    private readonly store: Store,
    private readonly policies: PolicyService,
    private readonly log: OperatorLog,
    @Inject(NON_RT_RIC_CONFIG) private readonly config: NonRtRicConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const level of LEARNING_LEVELS) {
      const stored = await this.store.model(level);
      if (stored === undefined) continue;
      const { version, architecture, parameterBytes } = stored;
      this.putInForce(level, {
        version,
        architecture,
        parameters: parameterBytes / Float32Array.BYTES_PER_ELEMENT,
      });
    }
  }

  /** By level, those that have a model. */
  status(): Omit<NonRtStatus['models'][number], 'adaptations'>[] {
    return [...this.inForce].map(([level, { version, architecture }]) => ({
      level,
      version,
      architecture,
      rollbacks: this.rollbacks.get(level) ?? 0,
    }));
  }

  /** Stores a model and puts it in force. @throws ModelRegistryError, BusError its parameters can not be had */
  async save(request: SaveRequest): Promise<ReplyOf<typeof modelSave>> {
    const parameters = await getVector(this.bus, request.parameters);
    return this.inTurn(async () => {
      const { level, key, architecture, parent, origin } = request;
      try {
        checkModel({ architecture, parent, origin, parameters }, this.inForce.get(level));
      } catch (error) {
        // Said before, it may be in force itself by now.
        const known = await this.versionOf(level, key);
        if (known === undefined) throw error;
        return { version: known };
      }
      const bytes = new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength);
      const createdAtMs = Date.now();
      const version = await this.onDisk(() =>
        this.store.saveModel({ level, key, architecture, parent, origin, parameters: bytes, createdAtMs }),
      );
      await this.activated(level, { version, architecture, parameters: parameters.length }, reasonOf(origin));
      return { version };
    });
  }

  /** @throws ModelRegistryError `MODEL_NOT_KEPT` */
  async get({ level, version }: RequestOf<typeof modelGet>): Promise<ReplyOf<typeof modelGet>> {
    const stored = await this.store.model(level, version);
    if (stored === undefined) return { model: null };
    const { version: found, architecture, parent, parameters } = stored;
    if (parameters === undefined) {
      throw new ModelRegistryError(
        'MODEL_NOT_KEPT',
        `the parameters of ${level} model v${found} are not kept any more`,
      );
    }
    const vector = await putVector(this.bus, new Float32Array(parameters.buffer));
    return { model: { level, version: found, architecture, parent, parameters: vector } };
  }

  /** Puts a stored version in force again. @throws ModelRegistryError, StoreError there is no such version */
  async activate({ level, version, reason }: RequestOf<typeof modelActivate>): Promise<void> {
    return this.inTurn(async () => {
      const [stored] = await this.store.models({ level, beforeVersion: version + 1, limit: 1 });
      if (stored?.version !== version) {
        throw new ModelRegistryError('MODEL_UNKNOWN', `there is no ${level} model v${version}`);
      }
      const { architecture, parameterBytes } = stored;
      const parameters = parameterBytes / Float32Array.BYTES_PER_ELEMENT;
      const former = this.inForce.get(level);
      await this.activated(level, { version, architecture, parameters }, reason);
      if (former === undefined || former.version <= version) return;
      this.rollbacks.set(level, (this.rollbacks.get(level) ?? 0) + 1);
      this.log.warn(`${level} model rolled back from v${former.version} to v${version}: ${reason}`);
    });
  }

  /** @throws ModelRegistryError `MODEL_STORE` */
  async nextRound(level: LearningLevel): Promise<number> {
    return this.onDisk(() => this.store.nextRound(level));
  }

  /** The version that was made under this key; the latest are looked at. */
  private async versionOf(level: LearningLevel, key: string): Promise<number | undefined> {
    const recent = await this.store.models({ level, limit: RECENT_VERSIONS });
    return recent.find((model) => model.key === key)?.version;
  }

  private async activated(level: LearningLevel, model: ModelInForce, reason: string): Promise<void> {
    const { version } = model;
    await this.onDisk(async () => {
      await this.store.activateModel({ level, version, reason, activatedAtMs: Date.now() });
      // Even when nobody waits for it any more: what is on disk is in force.
      this.putInForce(level, model);
    });
  }

  private putInForce(level: LearningLevel, model: ModelInForce): void {
    this.inForce.set(level, model);
    const { policyTypeId, policyId } = MODEL_POLICY_TYPES[level];
    const policy = { modelVersion: model.version, sla: this.config.RICOCHET_SLA };
    this.policies.want({ policyTypeId, policyId, policy });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  /**
   * The store waits for a disk in trouble, however long; who wants a model stored is told instead.
   * @throws ModelRegistryError `MODEL_STORE`
   */
  private async onDisk<T>(write: () => Promise<T>): Promise<T> {
    const { trouble } = this.store.stats();
    if (trouble !== undefined) throw new ModelRegistryError('MODEL_STORE', trouble);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const why = this.store.stats().trouble ?? `the store did not answer within ${STORE_TIMEOUT_MS} ms`;
        reject(new ModelRegistryError('MODEL_STORE', why));
      }, STORE_TIMEOUT_MS);
    });
    const written = write();
    written.catch(() => undefined);
    return Promise.race([written, late]).finally(() => clearTimeout(timer));
  }
}

function reasonOf({ kind, round, source }: ModelOrigin): string {
  if (source !== undefined) return `${kind}: ${source}`;
  return round === undefined ? kind : `${kind} of round ${round}`;
}
