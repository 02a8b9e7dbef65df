import 'reflect-metadata';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bus, EmbeddedNats } from '@ricochet/bus';
import { ricStatus } from '@ricochet/contracts';
import { controlPlaneOptions } from '@ricochet/control-plane';
import { AppModule, XAppLifecycle } from '@ricochet/near-rt-ric';
import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions } from '@nestjs/microservices';
import { Processes } from './processes.js';
import { fixture } from './ricochet.js';
import { waitFor } from './wait-for.js';

/** A Near-RT RIC inside the test's process, whose xApps an operator onboards; nats-server and E2 simulator beside it. */
export class HostedRic {
  readonly folder = mkdtempSync(join(tmpdir(), 'ricochet-hosted-'));
  private readonly processes = new Processes();
  /** What its operator has read. */
  readonly lines = new Set<string>();
  private app: INestApplicationContext | undefined;

  private constructor(
    private readonly nats: EmbeddedNats,
    /** The services' own connection: it hears everything. */
    readonly bus: Bus,
  ) {
    bus.subscribe(ricStatus, ({ log }) => log.forEach((line) => this.lines.add(line)));
  }

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<HostedRic> {
    const nats = await EmbeddedNats.start();
    const ric = new HostedRic(
      nats,
      await Bus.connect({ url: nats.url, name: 'test', onTrouble: () => undefined }),
    );
    await ric.startRic(environment);
    return ric;
  }

  /** A second life finds what the first one left in the folder. */
  async startRic(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    Object.assign(process.env, {
      RICOCHET_LOG_LEVEL: 'silent',
      RICOCHET_NATS_URL: this.nats.url,
      RICOCHET_NATS_ISSUER_SEED: this.nats.issuerSeed,
      RICOCHET_STORE: join(this.folder, 'ric.sqlite'),
      ...environment,
    });
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(AppModule, {
      logger: false,
      abortOnError: false,
      ...controlPlaneOptions({ url: this.nats.url, name: 'control-plane', onInvalid: () => undefined }),
    });
    await app.listen();
    this.app = app;
  }

  async stopRic(): Promise<void> {
    await this.app?.close();
    this.app = undefined;
  }

  /** Two DUs, in real time unless the environment says otherwise. */
  startSim(scenario = fixture('small.yaml'), environment: Readonly<Record<string, string>> = {}): void {
    this.processes.start(['e2-sim/dist/main.js'], {
      env: { RICOCHET_NATS_URL: this.nats.url, RICOCHET_SCENARIO: scenario, ...environment },
    });
  }

  get lifecycle(): XAppLifecycle {
    if (this.app === undefined) throw new Error('the RIC does not run');
    return this.app.get(XAppLifecycle);
  }

  /** Onboards an xApp of one file. */
  async onboard(name: string, version: string, code: string, more: object = {}): Promise<void> {
    const folder = join(this.folder, 'sources', name, version);
    mkdirSync(folder, { recursive: true });
    const descriptor = {
      xapp_name: name,
      version,
      containers: [{ name, image: { registry: 'local', name, tag: version } }],
      ...more,
    };
    const files = {
      'package.json': JSON.stringify({ name, version, type: 'module', main: 'main.js' }),
      'config-file.json': JSON.stringify(descriptor),
      'main.js': code,
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    await this.lifecycle.onboard(folder);
  }

  /** The first line that its operator reads of those that match. */
  told(line: RegExp, timeoutMs?: number): Promise<string> {
    const seen = (): string | undefined => [...this.lines].find((one) => line.test(one));
    return waitFor(`the operator reads ${String(line)}`, seen, timeoutMs);
  }

  async dispose(): Promise<void> {
    await this.processes.endAll();
    await this.stopRic();
    await this.bus.close();
    await this.nats.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
