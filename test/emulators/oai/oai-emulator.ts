import { ftruncateSync, openSync, closeSync, writeSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { EmulatedGnb, type EmulatedGnbOptions } from '../emulated-gnb.js';
import { Pulse } from '../pulse.js';
import { macStatsText, type MacTotals, type OaiEra } from './mac-stats-text.js';

/**
 * A gNB of OAI as a RIC's adapter meets it: the telnet server with its module `o1`, and `nrMAC_stats.log`. A test
 * double of other people's software, made from public facts: one telnet client is served at a time, others wait
 * without a word; rates and load are those since anybody asked last; the file is truncated and written anew. It has
 * no command for slices.
 */
export interface OaiEmulatorOptions extends EmulatedGnbOptions {
  readonly era?: OaiEra | undefined;
  /** Of the telnet server; 0 for any that is free. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** Where to write `nrMAC_stats.log`. */
  readonly statsFile?: string | undefined;
}

interface Since {
  ms: number;
  usedPrbMs: number;
  readonly bits: Map<number, number>;
}

const PROMPT = 'softmodem_gnb> ';
const MAX_COMMAND = 1_024;
/** As a C library writes a file. */
const BLOCK = 4_096;

export class OaiEmulator {
  readonly gnb: EmulatedGnb;
  /** Commands that were heard, in order. */
  readonly commands: string[] = [];
  /** Clients that are connected, the first of them served. */
  readonly clients: Socket[] = [];
  /** `--telnetsrv.shrmod o1`. */
  hasO1 = true;
  /** Only the first so many octets of the file are written, as if it were being written. */
  writtenBytes = Infinity;
  private readonly era: OaiEra;
  private readonly pulse: Pulse;
  private readonly totals = new Map<number, MacTotals>();
  private readonly present = new Set<number>();
  private since: Since = { ms: 0, usedPrbMs: 0, bits: new Map() };
  private isRunning = true;
  private server: Server | undefined;
  private listensTo = 0;

  constructor(private readonly options: OaiEmulatorOptions = {}) {
    this.era = options.era ?? '2024';
    this.gnb = new EmulatedGnb(options);
    this.pulse = new Pulse(this.gnb.periodMs, () => this.step());
  }

  get address(): { readonly host: string; readonly port: number } {
    return { host: this.options.host ?? '127.0.0.1', port: this.listensTo };
  }

  async start(): Promise<void> {
    const { host = '127.0.0.1', port = 0 } = this.options;
    const server = createServer((socket) => this.accept(socket));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.listensTo || port, host, resolve);
    });
    this.listensTo = (server.address() as AddressInfo).port;
  }

  run(): void {
    this.pulse.run();
  }

  /** Lets a period pass; the file is written at its end. */
  step(): void {
    const [cell] = this.gnb.step();
    const { periodMs } = this.gnb;
    this.since.ms += periodMs;
    this.since.usedPrbMs += cell!.usedPrbs * periodMs;
    this.present.clear();
    for (const ue of cell!.ues) {
      this.present.add(ue.rnti);
      this.since.bits.set(ue.rnti, (this.since.bits.get(ue.rnti) ?? 0) + ue.bits);
      const totals = this.totals.get(ue.rnti) ?? none(ue.rnti, ue.number + 1);
      this.totals.set(ue.rnti, totals);
      Object.assign(totals, { cqi: ue.cqi, mcs: ue.mcs, kbitPerS: ue.bits / periodMs });
      totals.first += ue.blocks - ue.errors;
      totals.later += ue.errors;
      totals.txBytes += Math.round(ue.bits / 8);
    }
    this.writeFile();
  }

  /** The process ends, with all its connections; {@link start} begins a new one at the same port. */
  async stop(): Promise<void> {
    this.pulse.stop();
    for (const client of this.clients.splice(0)) client.destroy();
    const { server } = this;
    this.server = undefined;
    if (server !== undefined) await new Promise<void>((resolve) => server.close(() => resolve()));
    this.gnb.restart();
    this.totals.clear();
    this.since = { ms: 0, usedPrbMs: 0, bits: new Map() };
  }

  /** Ends for good. */
  close(): Promise<void> {
    return this.stop();
  }

  /** Writes octets to the client that is served, whatever they mean. */
  raw(octets: Uint8Array | string): void {
    this.clients[0]?.write(octets);
  }

  private accept(socket: Socket): void {
    let heard = '';
    this.clients.push(socket);
    socket.setEncoding('latin1');
    // Clients after the first wait in the queue of the kernel: nothing of theirs is read.
    if (this.clients[0] !== socket) socket.pause();
    socket.on('data', (text: string) => {
      heard += text;
      if (heard.length > MAX_COMMAND) return void socket.destroy();
      const lines = heard.split('\n');
      heard = lines.pop() ?? '';
      for (const line of lines) this.obey(socket, line.replace(/\r$/, ''));
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      const place = this.clients.indexOf(socket);
      if (place >= 0) this.clients.splice(place, 1);
      this.clients[0]?.resume();
    });
  }

  private obey(socket: Socket, line: string): void {
    this.commands.push(line);
    if (/^ex/i.test(line)) return void socket.end();
    const answer = line.length > 2 ? this.answer(line) : '';
    socket.write(answer + PROMPT);
  }

  private answer(line: string): string {
    if (/^help/i.test(line)) return '   module 4 = o1:\n      o1 stats \n      o1 config ?\n';
    const [module, command = '', ...parameters] = line.trim().split(/\s+/);
    if (module !== 'o1' || !this.hasO1) return unknown(line);
    switch (command) {
      case 'stats':
        return parameters.length > 0 ? 'FAILURE: no parameter allowed\n' : `${this.stats()}OK\n`;
      case 'config':
      case 'bwconfig':
        if (this.isRunning) return 'FAILURE: cannot set parameters while L1 is running\n';
        return parameters.length === 0 ? `FAILURE: need param: o1 ${command}\n` : 'OK\n';
      case 'stop_modem':
        if (!this.isRunning) return 'FAILURE: cannot stop, nr-softmodem not running\n';
        this.isRunning = false;
        return 'OK\n';
      case 'start_modem':
        if (this.isRunning) return 'FAILURE: cannot start, nr-softmodem already running\n';
        this.isRunning = true;
        return 'OK\n';
      default:
        return unknown(line);
    }
  }

  private stats(): string {
    const { ms, usedPrbMs, bits } = this.since;
    const { prbsPerCell } = this.gnb.network.config;
    this.since = { ms: 0, usedPrbMs: 0, bits: new Map() };
    const bwp = {
      'bwp3gpp:isInitialBwp': true,
      'bwp3gpp:numberOfRBs': prbsPerCell,
      'bwp3gpp:startRB': 0,
      'bwp3gpp:subCarrierSpacing': 30,
    };
    const ues = [...this.present];
    const stats = {
      'o1-config': {
        BWP: { dl: [bwp], ul: [bwp] },
        NRCELLDU: {
          'nrcelldu3gpp:ssbFrequency': 641280,
          'nrcelldu3gpp:nRPCI': 0,
          'nrcelldu3gpp:mcc': '001',
          'nrcelldu3gpp:mnc': '01',
          'nrcelldu3gpp:sd': 16777215,
          'nrcelldu3gpp:sst': 1,
        },
        device: { gnbId: 1, gnbName: 'gNB-emulated', vendor: 'OpenAirInterface' },
      },
      'O1-Operational': {
        'frame-type': 'tdd',
        'band-number': 78,
        'num-ues': ues.length,
        ues,
        load: ms === 0 ? 0 : Math.floor((100 * usedPrbMs) / (ms * prbsPerCell)),
        'ues-thp': ues.map((rnti) => ({
          rnti,
          dl: ms === 0 ? 0 : Math.floor((bits.get(rnti) ?? 0) / ms),
          ul: 2,
        })),
      },
    };
    return `${JSON.stringify(stats, undefined, 2)}\n`;
  }

  private writeFile(): void {
    const { statsFile } = this.options;
    if (statsFile === undefined) return;
    const ues = [...this.totals.values()].filter(({ rnti }) => this.present.has(rnti));
    const octets = Buffer.from(macStatsText(this.era, ues)).subarray(0, this.writtenBytes);
    const file = openSync(statsFile, 'a');
    ftruncateSync(file, 0);
    for (let at = 0; at < octets.length; at += BLOCK) writeSync(file, octets.subarray(at, at + BLOCK));
    closeSync(file);
  }
}

function none(rnti: number, number: number): MacTotals {
  return { rnti, number, cqi: 0, mcs: 0, first: 0, later: 0, lost: 0, txBytes: 0, kbitPerS: 0 };
}

function unknown(line: string): string {
  return `Error: \n      ${line}\n is not a softmodem command\n`;
}
