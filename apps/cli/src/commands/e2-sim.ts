import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { Bus, BusError, EmbeddedNats } from '@ricochet/bus';
import { simulationFinished, simulationSample, type SimulationSample } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { type E2Settings } from '../stack/e2-settings.js';
import { onInterrupt } from '../stack/interrupt.js';
import { loadScenario } from '../stack/scenario-file.js';
import { simEnvironment } from '../stack/service-environment.js';
import { ServiceProcess } from '../stack/service-process.js';
import { e2Option, e2ProfileOption, e2Settings, type E2Options } from './e2-options.js';
import { duration, seedOption, speedOption } from './options.js';

interface E2SimOptions extends Pick<E2Options, 'e2' | 'e2Profile'> {
  readonly seed: number;
  readonly speed: number;
  readonly duration?: number;
}

const DEFAULT_SCENARIO = fileURLToPath(new URL('../../../../scenarios/slice-surge.yaml', import.meta.url));
const LINE_EVERY_MS = 1_000;

export function e2SimCommand(): Command {
  return new Command('e2-sim')
    .description('the emulated E2 nodes alone, against any RIC that takes E2 over SCTP')
    .argument('[scenario]', 'scenario file (YAML), its time line repeats (default: slice-surge.yaml)')
    .addOption(e2Option().default(undefined).makeOptionMandatory())
    .addOption(e2ProfileOption())
    .addOption(seedOption())
    .addOption(speedOption())
    .option('--duration <duration>', 'simulation time of the end (default: until Ctrl-C)', duration)
    .action(simulate);
}

async function simulate(scenarioPath: string = DEFAULT_SCENARIO, options: E2SimOptions): Promise<void> {
  const { seed, speed, duration: untilMs = 0 } = options;
  if (options.e2 === 'nats') {
    throw new CliError('--e2 nats: no RIC would be there; over NATS the nodes come with "ricochet up"');
  }
  const e2 = e2Settings({ ...options, e2Codec: 'aper' }, 'none');
  const scenario = loadScenario(scenarioPath);
  const interrupted = onInterrupt();
  const folder = mkdtempSync(join(tmpdir(), 'ricochet-e2-sim-'));
  let nats: EmbeddedNats | undefined;
  let bus: Bus | undefined;
  let nodes: ServiceProcess | undefined;
  const watch = new NodesWatch(e2);
  try {
    // For the samples of the network alone.
    nats = await EmbeddedNats.start();
    bus = await Bus.connect({ url: nats.url, name: 'ricochet-cli', onTrouble: (line) => watch.tell(line) });
    bus.subscribe(simulationSample, (sample) => watch.sample(sample));
    bus.subscribe(simulationFinished, ({ timeMs, counts }) => watch.finished(timeMs, counts));
    await bus.flush();
    const { controller } = scenario;
    const run = { scenario, scenarioPath: resolve(scenarioPath), seed, speed, untilMs, controller, e2 };
    nodes = new ServiceProcess({
      packageName: '@ricochet/e2-sim',
      env: { ...simEnvironment({ ...run, mode: 'real-time' }), RICOCHET_NATS_URL: nats.url },
      logFile: join(folder, 'e2-sim.log'),
      onMessage: (message) => watch.tell(message),
    });
    watch.start();
    const end = await Promise.race([nodes.ended, interrupted]);
    if (end === 'interrupted') return;
    const { code, signal, lastError } = end;
    if (code !== 0) {
      throw new CliError(
        `e2-sim ended (${signal ?? `exit code ${code}`})${lastError ? `: ${lastError}` : ''}`,
        1,
      );
    }
    await bus.flush();
    watch.conclude();
  } catch (error) {
    throw error instanceof BusError ? new CliError(error.message, 1) : error;
  } finally {
    watch.stop();
    await nodes?.stop();
    await bus?.close().catch(() => undefined);
    await nats?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tells how the nodes fare: a line a second, and at once what they say themselves. */
class NodesWatch {
  private latest: SimulationSample | undefined;
  private mostConnected = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly e2: E2Settings) {}

  start(): void {
    this.timer = setInterval(() => this.line(), LINE_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  tell(line: string): void {
    process.stderr.write(`${line}\n`);
  }

  sample(sample: SimulationSample): void {
    this.latest = sample;
    this.mostConnected = Math.max(this.mostConnected, sample.connectedNodes);
    for (const event of sample.events) this.tell(`${(sample.timeMs / 1000).toFixed(1)} s: ${event}`);
  }

  finished(timeMs: number, counts: SimulationSample['counts']): void {
    if (this.latest !== undefined) this.latest = { ...this.latest, timeMs, counts };
  }

  /** The last word. @throws CliError when no node was ever connected */
  conclude(): void {
    this.line();
    if (this.mostConnected === 0) {
      throw new CliError(
        `none of ${this.latest?.nodes.length ?? 0} nodes was ever set up at ${this.e2.nodesAt}`,
        1,
      );
    }
  }

  private line(): void {
    if (this.latest === undefined) return;
    const { timeMs, connectedNodes, nodes, counts } = this.latest;
    const { nodesAt, profile } = this.e2;
    process.stdout.write(
      `${(timeMs / 1000).toFixed(1)} s: ${connectedNodes}/${nodes.length} ${profile} nodes at ${nodesAt}; ` +
        `${counts.indications} indications, ${counts.controlsApplied} controls applied, ${counts.controlsFailed} failed\n`,
    );
  }
}
