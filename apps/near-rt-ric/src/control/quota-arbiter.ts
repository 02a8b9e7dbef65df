import { formatSNssai, rrmPolicyRatioFault, type RrmPolicyRatio, type SNssai } from '@ricochet/ran-types';

/**
 * Judges the slice quotas that are asked of one node against those in force: every ratio must make sense, and
 * with the other slices' ratios the carrier must not be promised twice.
 */
export class QuotaArbiter {
  private readonly accepted = new Map<string, RrmPolicyRatio>();

  /** Says why the quotas can not be given, or `undefined` when they can. */
  faultOf(asked: readonly RrmPolicyRatio[], served: readonly SNssai[] | undefined): string | undefined {
    const unknown = asked.find(
      ({ snssai }) =>
        served !== undefined && !served.some((slice) => formatSNssai(slice) === formatSNssai(snssai)),
    );
    if (unknown !== undefined) {
      const serves = served?.map(formatSNssai).join(', ');
      return `slice ${formatSNssai(unknown.snssai)} is not served there (it serves ${serves})`;
    }
    const named = new Set(asked.map(({ snssai }) => formatSNssai(snssai)));
    const others = [...this.accepted].filter(([slice]) => !named.has(slice)).map(([, ratio]) => ratio);
    const fault = rrmPolicyRatioFault(asked) ?? rrmPolicyRatioFault([...asked, ...others]);
    if (fault === undefined || others.length === 0) return fault;
    const inForce = others.map(({ snssai, minRatio }) => `${formatSNssai(snssai)}: ${minRatio} %`).join(', ');
    return `${fault} (in force beside them: ${inForce})`;
  }

  /** The node has acknowledged them. */
  accept(ratios: readonly RrmPolicyRatio[]): void {
    for (const ratio of ratios) this.accepted.set(formatSNssai(ratio.snssai), ratio);
  }
}
