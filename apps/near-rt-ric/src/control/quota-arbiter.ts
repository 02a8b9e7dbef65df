import {
  formatSNssai,
  isSameSNssai,
  rrmPolicyRatioFault,
  type RrmPolicyRatio,
  type SNssai,
} from '@ricochet/ran-types';
import { TentativeMap } from './tentative-map.js';

/**
 * Judges the slice quotas that are asked of one node against those in force: every ratio must make sense, and
 * with the other slices' ratios the carrier must not be promised twice.
 */
export class QuotaArbiter {
  private readonly accepted = new TentativeMap<RrmPolicyRatio>();

  /** Says why the quotas can not be given, or `undefined` when they can. */
  faultOf(asked: readonly RrmPolicyRatio[], served: readonly SNssai[] | undefined): string | undefined {
    const unknown = asked.find(
      ({ snssai }) => served !== undefined && !served.some((slice) => isSameSNssai(slice, snssai)),
    );
    if (unknown !== undefined) {
      const serves = served?.map(formatSNssai).join(', ');
      return `slice ${formatSNssai(unknown.snssai)} is not served there (it serves ${serves})`;
    }
    const named = new Set(asked.map(({ snssai }) => formatSNssai(snssai)));
    const others = [...this.accepted.all()].filter(([slice]) => !named.has(slice)).map(([, ratio]) => ratio);
    const fault = rrmPolicyRatioFault(asked) ?? rrmPolicyRatioFault([...asked, ...others]);
    if (fault === undefined || others.length === 0) return fault;
    const inForce = others.map(({ snssai, minRatio }) => `${formatSNssai(snssai)}: ${minRatio} %`).join(', ');
    return `${fault} (in force beside them: ${inForce})`;
  }

  /**
   * They are on their way to the node: counted from now on, so that two askers of one instant are not both
   * promised the same PRBs. What is given back is to be called once: whether the node has acknowledged.
   */
  accept(ratios: readonly RrmPolicyRatio[]): (acknowledged: boolean) => void {
    return this.accepted.set(ratios.map((ratio) => [formatSNssai(ratio.snssai), ratio]));
  }
}
