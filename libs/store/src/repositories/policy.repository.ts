import type { DataSource, Repository } from 'typeorm';
import { PolicyEntity } from '../entities/policy.entity.js';
import type { PolicyRecord } from '../records.js';

/** A1 policies by type and id. */
export class PolicyRepository {
  private readonly policies: Repository<PolicyEntity>;

  constructor(dataSource: DataSource) {
    this.policies = dataSource.getRepository(PolicyEntity);
  }

  /** Adds the policy or replaces it, an earlier reason included. */
  async save({ enforceReason, ...record }: PolicyRecord): Promise<void> {
    const row = { ...record, enforceReason: enforceReason ?? null };
    await this.policies.upsert(row, ['policyTypeId', 'policyId']);
  }

  async delete(key: Pick<PolicyRecord, 'policyTypeId' | 'policyId'>): Promise<void> {
    await this.policies.delete(key);
  }

  async find(): Promise<PolicyRecord[]> {
    const policies = await this.policies.find({ order: { policyTypeId: 'ASC', policyId: 'ASC' } });
    return policies.map(({ enforceReason, ...record }) => ({
      ...record,
      ...(enforceReason !== null && { enforceReason }),
    }));
  }
}
