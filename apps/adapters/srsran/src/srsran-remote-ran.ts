import { type Surroundings } from '@ricochet/adapter';
import { type Ran, type RanCell, type RanListener, RanRefusal } from '@ricochet/e2-node';
import { messageOf } from '@ricochet/platform';
import { formatSNssai, type PlmnIdentity, type RrmPolicyRatio } from '@ricochet/ran-types';
import { MetricsFlow, type SrsranOptions } from './metrics/metrics-flow.js';
import { GnbRefusal, type RemoteCommand, RemoteControl } from './remote/remote-control.js';

export interface SrsranRemoteOptions extends SrsranOptions {
  /** `ws://host:port` of `remote_control`. */
  readonly url: string;
}

/** A subscription that was refused is tried again after this: the gNB may be started with another configuration. */
const RESUBSCRIBE_MS = 30_000;

/** srsRAN from 25.10 on, and OCUDU: metrics and commands over the WebSocket of the remote control. */
export class SrsranRemoteRan implements Ran {
  /** The command names no cell. */
  readonly quotasOfAllCells = true;
  private flow: MetricsFlow | undefined;
  private remote: RemoteControl | undefined;
  private stopTimer: (() => void) | undefined;
  private isClosed = false;

  constructor(
    private readonly options: SrsranRemoteOptions,
    private readonly surroundings: Surroundings,
  ) {}

  /** How often what was odd or refused came, by kind. */
  get counts(): Readonly<Record<string, number>> {
    return this.flow?.lines.counts ?? {};
  }

  start(listener: RanListener): void {
    const flow = new MetricsFlow(this.options, this.surroundings, listener);
    this.flow = flow;
    const { url } = this.options;
    this.remote = new RemoteControl(
      { url, timers: this.surroundings.timers },
      {
        connected: () => this.subscribe(),
        lost: (reason) => {
          this.stopTimer?.();
          flow.lost(reason);
          flow.lines.tell('connection', `No connection to ${url}: ${reason}; trying again`);
        },
        metrics: (value, text) => flow.take(value, text),
        garbage: (text) => flow.takeText(text),
      },
    );
    this.remote.start();
  }

  close(): Promise<void> {
    this.isClosed = true;
    this.stopTimer?.();
    this.flow?.close();
    this.remote?.close();
    return Promise.resolve();
  }

  /**
   * One `rrm_policy_ratio_set` a slice, in turn: srsRAN takes no more at once, and for all its cells. Releases so far
   * apply the maximum alone.
   */
  async setSliceQuota(cell: number, ratios: readonly RrmPolicyRatio[]): Promise<void> {
    const { nrCgi, slices } = this.cellAt(cell);
    const strange = ratios.find(
      ({ snssai }) => !slices.some((one) => formatSNssai(one) === formatSNssai(snssai)),
    );
    if (strange !== undefined) {
      throw new RanRefusal(`slice ${formatSNssai(strange.snssai)} is none of cell ${cell}`);
    }
    const taken: RrmPolicyRatio[] = [];
    for (const ratio of ratios) {
      const slice = formatSNssai(ratio.snssai);
      try {
        await this.command(policyCommand(nrCgi.plmn, ratio));
      } catch (error) {
        const done = taken.map(({ snssai }) => formatSNssai(snssai));
        const before = done.length === 0 ? '' : `, after slice ${done.join(', ')} was set`;
        throw new RanRefusal(`slice ${slice}: ${messageOf(error)}${before}`, taken);
      }
      taken.push(ratio);
    }
  }

  private async command(command: RemoteCommand): Promise<void> {
    if (this.remote === undefined) throw new RanRefusal('not connected to the gNB');
    await this.remote.command(command);
  }

  private cellAt(cell: number): RanCell {
    const found = this.options.cells[cell];
    if (found === undefined) throw new RanRefusal(`there is no cell ${cell}`);
    return found;
  }

  private subscribe(): void {
    this.stopTimer?.();
    this.command({ cmd: 'metrics_subscribe' }).catch((error: unknown) => {
      // Of a connection that has gone the next one asks anew.
      if (this.isClosed || !(error instanceof GnbRefusal)) return;
      this.stopTimer?.();
      this.flow?.lines.tell(
        'subscription',
        `The gNB gives no metrics (${messageOf(error)}): it needs srsRAN 25.10 or later with metrics.enable_json`,
      );
      this.stopTimer = this.surroundings.timers.after(RESUBSCRIBE_MS, () => this.subscribe());
    });
  }
}

function policyCommand(plmn: PlmnIdentity, ratio: RrmPolicyRatio) {
  const { snssai, minRatio, maxRatio, dedicatedRatio } = ratio;
  const { sst, sd } = snssai;
  return {
    cmd: 'rrm_policy_ratio_set',
    policies: {
      resourceType: 'PRB',
      rRMPolicyMemberList: [
        { plmn: plmnText(plmn), sst, ...(sd !== undefined && { sd: Number.parseInt(sd, 16) }) },
      ],
      min_prb_policy_ratio: minRatio,
      max_prb_policy_ratio: maxRatio,
      dedicated_ratio: dedicatedRatio,
    },
  };
}

function plmnText({ mcc, mnc }: PlmnIdentity): string {
  return mcc + mnc;
}
