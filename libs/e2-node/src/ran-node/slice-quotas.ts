import { CONTROL_TIMEOUT_MS, type PeerProfile, type RicControlRequest, type Timers } from '@ricochet/e2ap';
import { rc } from '@ricochet/e2sm';
import { formatSNssai, rrmPolicyRatioFault, type RrmPolicyRatio, type SNssai } from '@ricochet/ran-types';
import { askedQuota, ControlRejected, controlNotSupported, invalidControl } from '../control-rejected.js';
import { type KpiValues, type Ran, type RanCell, RanRefusal } from '../ran.js';

/** A gNB is asked one thing at a time; so many may wait. */
const MAX_WAITING = 16;
/** The RIC waits no longer: what was not asked of the gNB by then is not asked any more. */
const DEADLINE_MS = 0.9 * CONTROL_TIMEOUT_MS;

/** What a gNB keeps together: the quotas of one cell, or of all. */
export class KeptQuotas {
  /** What the gNB has said yes to, by {@link formatSNssai} of the slice. */
  readonly acknowledged = new Map<string, RrmPolicyRatio>();
  /** Over when nothing is asked of the gNB any more. */
  turn: Promise<void> = Promise.resolve();
}

export interface SliceQuotasOptions {
  readonly cell: RanCell;
  readonly place: number;
  readonly ran: Pick<Ran, 'setSliceQuota'>;
  readonly profile: () => PeerProfile;
  readonly timers: Timers;
  /** Of this cell; of all cells where the gNB keeps them together. */
  readonly kept: KeptQuotas;
}

type Asked = readonly RrmPolicyRatio[];

/** The slice quotas of one cell: what is asked of the gNB, and what it has said yes to. */
export class SliceQuotas {
  private waiting = 0;

  constructor(private readonly options: SliceQuotasOptions) {}

  /** A gNB that begins anew has what its configuration says, which nobody tells us. */
  forget(): void {
    this.options.kept.acknowledged.clear();
  }

  /** What the gNB has said yes to and puts in force; nothing before it has. */
  inForce(snssai: SNssai): KpiValues {
    const ratio = this.options.kept.acknowledged.get(formatSNssai(snssai));
    if (ratio === undefined) return {};
    const isWhole = this.options.profile().rc.quotaApplies === 'all';
    return {
      'RCT.RrmPolicyMinDl': isWhole ? ratio.minRatio : 0,
      'RCT.RrmPolicyMaxDl': ratio.maxRatio,
      'RCT.RrmPolicyDedicatedDl': isWhole ? ratio.dedicatedRatio : 0,
    };
  }

  /** @throws ControlRejected what can not be, and what the gNB refuses, in its words */
  async set(request: RicControlRequest): Promise<void> {
    const ratios = this.checked(request);
    if (this.waiting >= MAX_WAITING) {
      throw new ControlRejected(
        { misc: 'control-processing-overload' },
        `${MAX_WAITING} controls wait for the gNB already`,
      );
    }
    this.waiting += 1;
    await new Promise<void>((resolve, reject) => {
      let isLate = false;
      const stop = this.options.timers.after(DEADLINE_MS, () => {
        isLate = true;
        reject(
          new ControlRejected({ misc: 'unspecified' }, `the gNB did not answer within ${DEADLINE_MS} ms`),
        );
      });
      const { kept } = this.options;
      const done = kept.turn.then(() => (isLate ? undefined : this.ask(ratios)));
      kept.turn = done.then(resolve, reject).finally(() => {
        stop();
        this.waiting -= 1;
      });
    });
  }

  private async ask(ratios: Asked): Promise<void> {
    const { ran, place, profile } = this.options;
    if (ran.setSliceQuota === undefined) throw takesNone(profile());
    try {
      await ran.setSliceQuota(place, ratios);
    } catch (error) {
      if (!(error instanceof RanRefusal)) throw error;
      this.acknowledge(error.taken);
      throw new ControlRejected({ misc: 'unspecified' }, `the gNB refused: ${error.message}`);
    }
    this.acknowledge(ratios);
  }

  private acknowledge(ratios: Asked): void {
    for (const ratio of ratios) this.options.kept.acknowledged.set(formatSNssai(ratio.snssai), ratio);
  }

  private checked(request: RicControlRequest): RrmPolicyRatio[] {
    if (request.ranFunctionId !== rc.ranFunctionId) {
      const text = `RAN function ${request.ranFunctionId} takes no control here`;
      throw new ControlRejected({ ricRequest: 'ran-function-id-invalid' }, text);
    }
    if (this.options.profile().rc.quotaApplies === 'none') throw takesNone(this.options.profile());
    const asked = askedQuota(request);
    const { slices } = this.options.cell;
    const served = new Set(slices.map(formatSNssai));
    const unknown = asked.find(({ snssai }) => !served.has(formatSNssai(snssai)));
    if (unknown !== undefined) {
      const slice = formatSNssai(unknown.snssai);
      throw invalidControl(`slice ${slice} is not served here (${[...served].join(', ')} are)`);
    }
    const named = new Set(asked.map(({ snssai }) => formatSNssai(snssai)));
    const others = [...this.options.kept.acknowledged].flatMap(([slice, ratio]) =>
      named.has(slice) ? [] : ratio,
    );
    const fault = rrmPolicyRatioFault([...asked, ...others]);
    if (fault !== undefined) throw invalidControl(fault);
    return asked;
  }
}

function takesNone({ capabilities }: PeerProfile): ControlRejected {
  return controlNotSupported(`a slice quota of ${capabilities.ran} (${capabilities.reached})`);
}
