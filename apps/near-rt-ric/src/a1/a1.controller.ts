import {
  a1DeletePolicy,
  a1Policies,
  a1PolicyTypes,
  a1PutPolicy,
  type A1Policy,
  type ReplyOf,
} from '@ricochet/contracts';
import { Serves } from '@ricochet/control-plane';
import { Controller } from '@nestjs/common';
import { PlayedFaults } from '../faults/played-faults.js';
import { A1PolicyService } from './a1-policy.service.js';
import { POLICY_TYPES } from './policy-types.js';

/** The policy procedures of A1AP, producer side. While A1 is out nobody is answered. */
@Controller()
export class A1Controller {
  constructor(
    private readonly policies: A1PolicyService,
    private readonly faults: PlayedFaults,
  ) {}

  @Serves(a1PolicyTypes)
  async types(): Promise<ReplyOf<typeof a1PolicyTypes>> {
    await this.faults.a1();
    return { policyTypes: POLICY_TYPES.map(({ policyTypeId, name }) => ({ policyTypeId, name })) };
  }

  @Serves(a1PutPolicy)
  async put(policy: A1Policy): Promise<ReplyOf<typeof a1PutPolicy>> {
    await this.faults.a1();
    this.policies.put(policy);
    return {};
  }

  @Serves(a1DeletePolicy)
  async delete(id: Pick<A1Policy, 'policyTypeId' | 'policyId'>): Promise<ReplyOf<typeof a1DeletePolicy>> {
    await this.faults.a1();
    this.policies.delete(id);
    return {};
  }

  @Serves(a1Policies)
  async all(): Promise<ReplyOf<typeof a1Policies>> {
    await this.faults.a1();
    return { policies: this.policies.all() };
  }
}
