import { formatSNssai, sliceSlaPolicySchema, type XAppPolicy } from '@ricochet/xapp-sdk';
import { type GuardConfig, type Targets } from './guard.config.js';

/** What each slice was promised: by the configuration, or by an A1 policy, which goes before it. */
export class SlaTargets {
  private configured = new Map<string, Targets>();
  private readonly byPolicy = new Map<string, { readonly slice: string; readonly targets: Targets }>();

  constructor(config: GuardConfig) {
    this.configure(config);
  }

  configure({ sla }: GuardConfig): void {
    this.configured = new Map(
      sla.map(({ snssai, maxDelayMs, minThroughputKbps, minServedShare }) => [
        formatSNssai(snssai),
        { maxDelayMs, minThroughputKbps, minServedShare },
      ]),
    );
  }

  of(slice: string): Targets | undefined {
    const policy = [...this.byPolicy.values()].findLast((each) => each.slice === slice);
    return policy?.targets ?? this.configured.get(slice);
  }

  /** Takes a policy in, in place of the former one of that id, or away. @throws Error it can not be enforced, and why */
  enforce({ policyId, policy }: XAppPolicy): void {
    if (policy === null) {
      this.byPolicy.delete(policyId);
      return;
    }
    const { scope, sliceSlaObjectives } = sliceSlaPolicySchema.parse(policy);
    const { maxDlPacketDelayPerUe, guaDlThptPerSlice, maxDlPdcpSduPacketLossRatePerUe, ...others } =
      sliceSlaObjectives;
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) throw new Error(`objective ${unknown} is not one that this xApp can hold`);
    const slice = formatSNssai(scope.sliceId);
    const rival = [...this.byPolicy].find(([id, each]) => id !== policyId && each.slice === slice);
    if (rival !== undefined) throw new Error(`policy ${rival[0]} is about slice ${slice} already`);
    const targets = {
      maxDelayMs: maxDlPacketDelayPerUe,
      minThroughputKbps: guaDlThptPerSlice,
      minServedShare:
        maxDlPdcpSduPacketLossRatePerUe === undefined ? undefined : 1 - maxDlPdcpSduPacketLossRatePerUe,
    };
    this.byPolicy.set(policyId, { slice, targets });
  }
}
