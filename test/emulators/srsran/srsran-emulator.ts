import { createSocket } from 'node:dgram';
import { EmulatedGnb, type EmulatedGnbOptions } from '../emulated-gnb.js';
import { Pulse } from '../pulse.js';
import { otherReports, rlcReports, schedulerReports, type SrsranEra, utcText } from './metrics-json.js';
import { type WebSocketPeer, WebSocketServer } from './web-socket-server.js';

/**
 * A gNB of srsRAN (or OCUDU) as a RIC's adapter meets it: the metrics of its era, and the remote control of those that
 * have one. A test double of other people's software, made from public facts: `rrm_policy_ratio_set` answers yes to
 * all ratios and puts the maximum in force alone, for all cells; a slice that is not configured is an error.
 */
export interface SrsranEmulatorOptions extends EmulatedGnbOptions {
  readonly era: SrsranEra;
  /** Of the remote control; 0 for any that is free. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** Where eras of UDP send their metrics to. */
  readonly metricsTo?: { readonly host: string; readonly port: number } | undefined;
  /** Silence after which a client is let go; 120 s at srsRAN. */
  readonly idleMs?: number | undefined;
  readonly pingMs?: number | undefined;
}

type Command = Readonly<Record<string, unknown>>;
/** Gives the reason for a no. */
type Execute = (command: Command, client: WebSocketPeer) => string | undefined;

const PLMN = /^\d{5,6}$/;

export class SrsranEmulator {
  readonly gnb: EmulatedGnb;
  /** Ratios that were asked for, in order. */
  readonly policies: Command[] = [];
  /** Commands are heard and not answered. */
  isMute = false;
  /** Frames are cut into pieces of so many octets. */
  frameBytes = Infinity;
  /** Added to the time that the reports tell. */
  clockOffsetMs = 0;
  private readonly era: SrsranEra;
  private readonly pulse: Pulse;
  private readonly udp = createSocket('udp4');
  private readonly subscribers = new Set<WebSocketPeer>();
  private server: WebSocketServer | undefined;
  private listensTo = 0;

  constructor(private readonly options: SrsranEmulatorOptions) {
    this.era = options.era;
    this.gnb = new EmulatedGnb(options);
    this.pulse = new Pulse(this.gnb.periodMs, () => this.step());
  }

  get url(): string {
    return `ws://${this.options.host ?? '127.0.0.1'}:${this.listensTo}`;
  }

  get remote(): WebSocketServer {
    if (this.server === undefined)
      throw new Error(`srsRAN ${this.era} has no remote control, or is not started`);
    return this.server;
  }

  /** Opens its doors; reports come by {@link step}, or along the wall clock after {@link run}. */
  async start(): Promise<void> {
    if (this.era === '24.10') return;
    const { host = '127.0.0.1', port = 0, idleMs = 120_000, pingMs = 60_000 } = this.options;
    this.server = new WebSocketServer({
      idleMs,
      pingMs,
      onText: (client, text) => {
        const answer = this.answer(client, text);
        if (!this.isMute) client.text(JSON.stringify(answer));
      },
      onBinary: (client) =>
        client.text(JSON.stringify(error('This WebSocket server only supports opcode TEXT messages'))),
    });
    this.listensTo = await this.server.listen(this.listensTo || port, host);
  }

  run(): void {
    this.pulse.run();
  }

  /** Lets a period pass, and tells of it. */
  step(): void {
    const nowMs = Date.now() + this.clockOffsetMs;
    const cells = this.gnb.step();
    const reports = schedulerReports(this.era, cells, { nowMs, periodMs: this.gnb.periodMs });
    if (this.era === '24.10' || this.era === '25.04') this.datagram(reports.join(''));
    else this.broadcast([...otherReports(nowMs), ...rlcReports(cells, nowMs), ...reports]);
  }

  /** Sends text to who listens to the metrics: whatever a broken or hostile gNB might. */
  broadcast(texts: readonly string[]): void {
    for (const client of this.subscribers) {
      if (!this.server?.clients.has(client)) this.subscribers.delete(client);
      else for (const text of texts) client.text(text, this.frameBytes);
    }
  }

  datagram(text: string | Uint8Array): void {
    const { metricsTo } = this.options;
    if (metricsTo !== undefined) this.udp.send(text, metricsTo.port, metricsTo.host);
  }

  /** The process ends, with all its connections; {@link start} begins a new one at the same port. */
  async stop(): Promise<void> {
    this.pulse.stop();
    this.subscribers.clear();
    await this.server?.close();
    this.server = undefined;
    this.gnb.restart();
  }

  async close(): Promise<void> {
    await this.stop();
    await new Promise<void>((resolve) => this.udp.close(() => resolve()));
  }

  private get commands(): Readonly<Record<string, Execute>> {
    const both: Record<string, Execute> = {
      quit: (_, client) => {
        setImmediate(() => client.drop());
        return undefined;
      },
    };
    if (this.era === '25.04') return both;
    return {
      ...both,
      metrics_subscribe: (_, client) => void this.subscribers.add(client),
      metrics_unsubscribe: (_, client) => void this.subscribers.delete(client),
      rrm_policy_ratio_set: (command) => this.setPolicy(command),
    };
  }

  private answer(client: WebSocketPeer, text: string): Command {
    let command: unknown;
    try {
      command = JSON.parse(text);
    } catch (thrown) {
      return error(`parse error: ${String(thrown)}`);
    }
    if (!isObject(command) || !('cmd' in command))
      return error("'cmd' object is missing and it is mandatory");
    const { cmd } = command;
    if (typeof cmd !== 'string') return error("'cmd' object value type should be a string");
    const execute = this.commands[cmd];
    if (execute === undefined) return error(`Unknown command type: ${cmd}`, cmd);
    const no = execute(command, client);
    return no === undefined ? { cmd, timestamp: utcText(Date.now()) } : error(no, cmd);
  }

  private setPolicy({ policies }: Command): string | undefined {
    if (!isObject(policies)) return "'policies' object is missing and it is mandatory";
    this.policies.push(policies);
    if (policies['resourceType'] !== 'PRB') return "Only 'resourceType' PRB value is supported";
    const members = policies['rRMPolicyMemberList'];
    if (!Array.isArray(members)) return "'rRMPolicyMemberList' object is missing and it is mandatory";
    const ratios = ['min_prb_policy_ratio', 'max_prb_policy_ratio', 'dedicated_ratio'].map(
      (key) => policies[key],
    );
    if (ratios.some((ratio) => ratio !== undefined && !isPercent(ratio))) return 'ratio value out of range';
    for (const member of members as Command[]) {
      const { plmn, sst, sd } = member;
      if (typeof plmn !== 'string' || !PLMN.test(plmn)) return 'Invalid PLMN identity value';
      if (!Number.isInteger(sst)) return "'sst' object value type should be an integer";
      if (sd !== undefined && !Number.isInteger(sd)) return "'sd' object value type should be an integer";
      const snssai = {
        sst: sst as number,
        ...(sd !== undefined && { sd: Number(sd).toString(16).padStart(6, '0') }),
      };
      if (!this.gnb.setMaximum(snssai, Number(ratios[1] ?? 100))) {
        return 'RRM policy ratio remote command procedure failed to be applied by the DU';
      }
    }
    return undefined;
  }
}

function error(text: string, cmd?: string): Command {
  return { error: text, ...(cmd !== undefined && { cmd }), timestamp: utcText(Date.now()) };
}

function isObject(value: unknown): value is Command {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPercent(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 100;
}
