import type { DataSource, Repository } from 'typeorm';
import { XAppDeploymentEntity } from '../entities/xapp-deployment.entity.js';
import { XAppPackageEntity } from '../entities/xapp-package.entity.js';
import type { XAppDeploymentRecord, XAppPackageRecord } from '../xapp-records.js';

/** xApps: packages by name and version, deployments by name. */
export class XAppRepository {
  private readonly packages: Repository<XAppPackageEntity>;
  private readonly deployments: Repository<XAppDeploymentEntity>;

  constructor(dataSource: DataSource) {
    this.packages = dataSource.getRepository(XAppPackageEntity);
    this.deployments = dataSource.getRepository(XAppDeploymentEntity);
  }

  async savePackage({ controlsSchema, ...record }: XAppPackageRecord): Promise<void> {
    const row = { ...record, controlsSchema: controlsSchema ?? null };
    await this.packages.upsert(row, ['name', 'version']);
  }

  async deletePackage(key: Pick<XAppPackageRecord, 'name' | 'version'>): Promise<void> {
    await this.packages.delete(key);
  }

  async findPackages(): Promise<XAppPackageRecord[]> {
    const rows = await this.packages.find({ order: { name: 'ASC', onboardedAtMs: 'ASC', version: 'ASC' } });
    return rows.map(present);
  }

  /** Adds the deployment or replaces all of it. */
  async saveDeployment({
    priority,
    previous,
    initial,
    note,
    ...record
  }: XAppDeploymentRecord): Promise<void> {
    const row = {
      ...record,
      priority: priority ?? null,
      previous: previous ?? null,
      initial: initial ?? null,
      note: note ?? null,
    };
    await this.deployments.upsert(row, ['name']);
  }

  async deleteDeployment(name: string): Promise<void> {
    await this.deployments.delete({ name });
  }

  async findDeployments(): Promise<XAppDeploymentRecord[]> {
    const rows = await this.deployments.find({ order: { name: 'ASC' } });
    return rows.map(present);
  }
}

type Present<T> = { [K in keyof T]: Exclude<T[K], null> };

/** What is null is absent. */
function present<T extends object>(row: T): Present<T> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Present<T>;
}
