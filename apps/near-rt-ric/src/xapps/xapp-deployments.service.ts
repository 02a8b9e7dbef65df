import { type Deployment } from '@ricochet/platform';
import { Store, type XAppDeploymentRecord } from '@ricochet/store';
import { Injectable } from '@nestjs/common';
import { XAppError } from './xapp.error.js';

export type XAppConfig = Readonly<Record<string, unknown>>;

/** A version with its configuration. */
export interface Release {
  readonly version: string;
  readonly config: XAppConfig;
}

/** What of one xApp shall run. */
export interface XAppDeployment extends Release {
  readonly name: string;
  /** The operator's; absent: the xApp's own. */
  readonly priority?: number | undefined;
  readonly state: 'deployed' | 'undeployed';
  /** Of version and configuration. */
  readonly generation: number;
  /** What ran before, and would again. */
  readonly previous?: (Release & { readonly generation: number }) | undefined;
  /** The release has not proved itself yet. */
  readonly onTrial: boolean;
  /** The item of `RICOCHET_XAPPS` that it came from. */
  readonly initial?: object | undefined;
  /** Why it is as it is, when nobody asked for that. */
  readonly note?: string | undefined;
  /** Wall clock, epoch ms. */
  readonly changedAtMs: number;
}

/** The desired state of all xApps, as the operator and `RICOCHET_XAPPS` want it. Outlives the RIC in the store. */
@Injectable()
export class XAppDeployments {
  private readonly deployments = new Map<string, XAppDeployment>();
  /** The highest generation that was given out, by name. */
  private readonly generations = new Map<string, number>();

  constructor(private readonly store: Store) {}

  async load(): Promise<void> {
    for (const record of await this.store.xAppDeployments()) {
      this.deployments.set(record.name, deploymentOf(record));
      this.generations.set(record.name, record.generation);
    }
  }

  all(): readonly XAppDeployment[] {
    return [...this.deployments.values()];
  }

  /** Names of those that shall run. */
  deployed(): string[] {
    return this.all()
      .filter(({ state }) => state === 'deployed')
      .map(({ name }) => name);
  }

  find(name: string): XAppDeployment | undefined {
    return this.deployments.get(name);
  }

  /** @throws XAppError `XAPP_UNKNOWN` it is not deployed */
  get(name: string): XAppDeployment {
    const found = this.deployments.get(name);
    if (found?.state === 'deployed') return found;
    throw new XAppError('XAPP_UNKNOWN', `xApp ${name} is not deployed`);
  }

  /**
   * An item of `RICOCHET_XAPPS` is the desired state until an operator changes it; another item than last time sets it
   * anew. @param isThere whether a version can be run
   */
  begin(item: Deployment, version: string, isThere: (version: string) => boolean): void {
    const { name, config } = item;
    const known = this.deployments.get(name);
    const isSame = JSON.stringify(known?.initial) === JSON.stringify(item);
    if (known !== undefined && isSame && isThere(known.version)) return;
    void this.write({
      name,
      version,
      config,
      state: 'deployed',
      generation: this.nextGeneration(name),
      onTrial: false,
      initial: { ...item },
    });
  }

  /** What came from `RICOCHET_XAPPS` and is there no more is not desired any more. */
  forgetInitialBut(names: readonly string[]): void {
    for (const { name, initial } of this.all()) {
      if (initial === undefined || names.includes(name)) continue;
      this.deployments.delete(name);
      void this.store.deleteXAppDeployment(name).catch(ignored);
    }
  }

  /** Resolves when it is on disk. */
  async deploy(name: string, release: Release, priority?: number): Promise<void> {
    const known = this.deployments.get(name);
    await this.write({
      name,
      ...release,
      priority: priority ?? known?.priority,
      state: 'deployed',
      generation: this.nextGeneration(name),
      onTrial: false,
      initial: known?.initial,
    });
  }

  async undeploy(name: string): Promise<void> {
    const { note: _, ...known } = this.get(name);
    await this.write({ ...known, state: 'undeployed', onTrial: false });
  }

  async prioritise(name: string, priority: number): Promise<void> {
    await this.write({ ...this.get(name), priority });
  }

  /**
   * Another version or configuration is desired: on trial.
   * @param serves whether what is desired now serves: else what ran before it stays what to go back to
   */
  async release(name: string, release: Release, serves: boolean): Promise<void> {
    const { note: _, ...known } = this.get(name);
    const { version, config, generation } = known;
    // What was gone back to has served, even where it does not yet again.
    const isGoneBackTo = generation < (this.generations.get(name) ?? 0);
    await this.write({
      ...known,
      ...release,
      generation: this.nextGeneration(name),
      previous: serves || isGoneBackTo ? { version, config, generation } : known.previous,
      onTrial: true,
    });
  }

  /** The release was taken up by what runs already: there is no trial. */
  async adopted(name: string): Promise<void> {
    await this.write({ ...this.get(name), onTrial: false });
  }

  /**
   * What ran before is desired again, not on trial. With a reason it is done by the RIC itself, and what failed is not
   * what to go back to.
   * @throws XAppError `XAPP_CONFLICT` nothing ran before
   */
  async rollBack(name: string, reason?: string): Promise<void> {
    const { note: _, previous, version, config, generation, ...known } = this.get(name);
    if (previous === undefined) {
      throw new XAppError(
        'XAPP_CONFLICT',
        `xApp ${name} has no former version or configuration to go back to`,
      );
    }
    await this.write({
      ...known,
      ...previous,
      previous: reason === undefined ? { version, config, generation } : undefined,
      onTrial: false,
      ...(reason !== undefined && { note: `${version} was rolled back: ${reason}` }),
    });
  }

  async delete(name: string): Promise<void> {
    this.deployments.delete(name);
    await this.store.deleteXAppDeployment(name);
  }

  /** In force at once; resolves when it is on disk. */
  private write(deployment: Omit<XAppDeployment, 'changedAtMs'>): Promise<void> {
    const changed = { ...deployment, changedAtMs: Date.now() };
    this.deployments.set(changed.name, changed);
    const saved = this.store.saveXAppDeployment(changed);
    saved.catch(ignored);
    return saved;
  }

  private nextGeneration(name: string): number {
    const generation = (this.generations.get(name) ?? 0) + 1;
    this.generations.set(name, generation);
    return generation;
  }
}

function deploymentOf({ config, previous, ...record }: XAppDeploymentRecord): XAppDeployment {
  return {
    ...record,
    config: config as XAppConfig,
    ...(previous !== undefined && { previous: previous as XAppDeployment['previous'] }),
  };
}

/** The store tells of its own trouble, once an episode. */
function ignored(): void {}
