import {
  type AdapterProfileName,
  ADAPTER_PROFILE_NAMES,
  type E2apCodec,
  type PeerProfile,
  profiles,
  type Timers,
  type Transport,
} from '@ricochet/e2ap';
import { type GnbNodeId } from '@ricochet/ran-types';
import { type NodeLog } from '../e2-link.js';
import { type Ran, type RanCell, type RanFound, type RanSample } from '../ran.js';
import { RanNode } from './ran-node.js';
import { KeptQuotas } from './slice-quotas.js';

export interface RanNodesOptions {
  readonly ran: Ran;
  /** The cells that the RAN was given, each with the id of its node. */
  readonly cells: readonly { readonly cell: RanCell; readonly globalId: GnbNodeId }[];
  /** What the RAN is taken for until it shows what it is. */
  readonly profile: PeerProfile<AdapterProfileName>;
  readonly connect: (nodeId: string) => Promise<Transport>;
  readonly timers: Timers;
  readonly codec: E2apCodec;
  readonly log: NodeLog;
}

export interface RanNodesState {
  readonly isUp: boolean;
  readonly samples: number;
  /** Reports that could not be written. */
  readonly unsent: number;
  /** Nodes that are set up. */
  readonly connected: number;
}

/** The E2 nodes of one gNB behind an adapter, one a cell. */
export class RanNodes {
  readonly nodes: readonly RanNode[];
  private samples = 0;
  private isUp = false;

  constructor(private readonly options: RanNodesOptions) {
    const { cells, ...rest } = options;
    const ofAll = options.ran.quotasOfAllCells === true ? new KeptQuotas() : undefined;
    this.nodes = cells.map(
      ({ cell, globalId }, place) =>
        new RanNode({
          ...rest,
          cell,
          globalId,
          place,
          kept: ofAll ?? new KeptQuotas(),
        }),
    );
  }

  /** For who asks how it goes. */
  get state(): RanNodesState {
    const connected = this.nodes.filter(({ isConnected }) => isConnected).length;
    const unsent = this.nodes.reduce((sum, node) => sum + node.unsent, 0);
    return { isUp: this.isUp, samples: this.samples, unsent, connected };
  }

  start(): void {
    const { ran, log } = this.options;
    for (const node of this.nodes) void node.run();
    ran.start({
      up: (found) => this.up(found),
      down: (reason) => {
        this.isUp = false;
        log.warn(`gNB: ${reason}`);
        for (const node of this.nodes) node.down(reason);
      },
      sample: (sample) => this.sample(sample),
      notice: (line) => log.warn(`gNB: ${line}`),
    });
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) node.stop();
    await this.options.ran.close();
  }

  private up({ profile: name }: RanFound = {}): void {
    const found = ADAPTER_PROFILE_NAMES.find((each) => each === name);
    const profile = found === undefined ? this.options.profile : profiles[found];
    this.isUp = true;
    this.options.log.info(`gNB: it is there, taken for ${profile.name}: ${profile.description}`);
    for (const node of this.nodes) node.up(profile);
  }

  private sample({ endMs, periodMs, cells }: RanSample): void {
    this.samples += 1;
    for (const sample of cells) this.nodes[sample.cell]?.sample(sample, { endMs, periodMs });
  }
}
