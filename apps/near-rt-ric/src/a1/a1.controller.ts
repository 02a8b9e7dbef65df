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
import { A1PolicyService } from './a1-policy.service.js';
import { POLICY_TYPES } from './policy-types.js';

/** The policy procedures of A1AP, producer side. */
@Controller()
export class A1Controller {
  constructor(private readonly policies: A1PolicyService) {}

  @Serves(a1PolicyTypes)
  types(): ReplyOf<typeof a1PolicyTypes> {
    return { policyTypes: POLICY_TYPES.map(({ policyTypeId, name }) => ({ policyTypeId, name })) };
  }

  @Serves(a1PutPolicy)
  put(policy: A1Policy): ReplyOf<typeof a1PutPolicy> {
    this.policies.put(policy);
    return {};
  }

  @Serves(a1DeletePolicy)
  delete(id: Pick<A1Policy, 'policyTypeId' | 'policyId'>): ReplyOf<typeof a1DeletePolicy> {
    this.policies.delete(id);
    return {};
  }

  @Serves(a1Policies)
  all(): ReplyOf<typeof a1Policies> {
    return { policies: this.policies.all() };
  }
}
