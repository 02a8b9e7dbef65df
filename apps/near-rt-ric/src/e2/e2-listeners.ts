import { type Bus } from '@ricochet/bus';
import { type E2CodecName, type Timers, type Transport } from '@ricochet/e2ap';
import {
  type AllowList,
  E2AP_PORT,
  formatAddress,
  NatsE2Server,
  SctpE2Server,
  type SctpE2Address,
} from '@ricochet/e2-transport';
import { ConfigError, messageOf } from '@ricochet/platform';
import { type OperatorLog } from '../status/operator-log.service.js';
import { type E2Peer } from './e2-node.js';
import { type Strangers } from './strangers.js';

export interface E2ListenersOptions {
  readonly bus: Bus;
  readonly timers: Timers;
  readonly log: OperatorLog;
  readonly codec: E2CodecName;
  /** Where to listen besides NATS; `auto` where this machine has SCTP and the port is free. */
  readonly sctp: 'none' | 'auto' | SctpE2Address;
  /** From where nodes are taken over SCTP; anybody is who reaches that address when it is `undefined`. */
  readonly allowed: AllowList | undefined;
  /** Hears of those who are not. */
  readonly strangers: Strangers;
  readonly onAssociation: (transport: Transport, peer: E2Peer) => void;
}

/** Nodes of other machines are another matter: that address is given. */
const AUTO_ADDRESS: SctpE2Address = { kind: 'sctp', host: '127.0.0.1', port: E2AP_PORT };

/** The transports that nodes come over. */
export class E2Listeners {
  private nats: NatsE2Server | undefined;
  private sctp: SctpE2Server | undefined;
  private state: string | undefined;

  constructor(private readonly options: E2ListenersOptions) {}

  /** Where nodes are taken over SCTP, or why they are not; `undefined` when that was not asked for. */
  get sctpState(): string | undefined {
    return this.state;
  }

  /** @throws SctpError or ConfigError when an address that was given can not be listened on */
  async open(): Promise<void> {
    const { bus, timers, log, sctp, onAssociation } = this.options;
    this.nats = new NatsE2Server({
      bus,
      timers,
      onAssociation: (transport, peer) => onAssociation(transport, { transport: 'nats', peer }),
      onTrouble: (line) => log.warn(line),
    });
    if (sctp === 'none') return;
    try {
      await this.openSctp(sctp === 'auto' ? AUTO_ADDRESS : sctp);
    } catch (error) {
      if (sctp !== 'auto') throw error;
      this.state = `no nodes are taken: ${messageOf(error)}`;
    }
    log.info(`E2 over SCTP: ${this.state}`);
  }

  async close(reason: string): Promise<void> {
    this.nats?.close(reason);
    await this.sctp?.close(reason);
  }

  private async openSctp({ host, port }: SctpE2Address): Promise<void> {
    const { timers, log, codec, allowed, onAssociation } = this.options;
    if (codec !== 'aper') throw new ConfigError(`the E2 codec ${codec} needs NATS: SCTP carries aper alone`);
    this.sctp = await SctpE2Server.listen({
      host,
      port,
      timers,
      takes: (address) => this.takes(address),
      onAssociation: (transport, peer) => onAssociation(transport, { transport: 'sctp', peer }),
      onTrouble: (line) => log.warn(line),
    });
    const from = allowed === undefined ? '' : ` from ${allowed.text}`;
    this.state = `nodes are taken at sctp://${formatAddress(host, this.sctp.port)}${from}`;
  }

  private takes(address: string): boolean {
    const { allowed, strangers } = this.options;
    if (allowed === undefined || allowed.has(address)) return true;
    strangers.refuse({ transport: 'sctp', peer: address }, address, `nodes are taken from ${allowed.text}`);
    return false;
  }
}
