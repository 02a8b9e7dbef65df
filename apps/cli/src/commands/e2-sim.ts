import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { Bus, BusError, EmbeddedNats } from '@ricochet/bus';
import { simulationFinished, simulationSample } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { NodesWatch } from '../live/nodes-watch.js';
import { onInterrupt } from '../stack/interrupt.js';
import { DEFAULT_SCENARIO, loadScenario } from '../stack/scenario-file.js';
import { simEnvironment } from '../stack/service-environment.js';
import { describeEnd, ServiceProcess } from '../stack/service-process.js';
import { e2Option, e2ProfileOption, e2Settings, type E2Options } from './e2-options.js';
import { duration, seedOption, speedOption } from './options.js';

interface E2SimOptions extends Pick<E2Options, 'e2' | 'e2Profile'> {
  readonly seed: number;
  readonly speed: number;
  readonly duration?: number;
}

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
  let timer: NodeJS.Timeout | undefined;
  const watch = new NodesWatch(e2);
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const show = (): void => void process.stdout.write(`${watch.line()}\n`);
  try {
    // For the samples of the network alone.
    nats = await EmbeddedNats.start();
    bus = await Bus.connect({ url: nats.url, name: 'ricochet-cli', onTrouble: tell });
    bus.subscribe(simulationSample, (sample) => watch.sample(sample).forEach(tell));
    bus.subscribe(simulationFinished, (end) => watch.finished(end));
    await bus.flush();
    const { controller } = scenario;
    const run = { scenario, scenarioPath: resolve(scenarioPath), seed, speed, untilMs, controller, e2 };
    nodes = new ServiceProcess({
      packageName: '@ricochet/e2-sim',
      env: { ...simEnvironment(run), RICOCHET_NATS_URL: nats.url, RICOCHET_MODE: 'real-time' },
      logFile: join(folder, 'e2-sim.log'),
      onMessage: tell,
    });
    timer = setInterval(show, LINE_EVERY_MS);
    const end = await Promise.race([nodes.ended, interrupted]);
    if (end === 'interrupted') return;
    if (end.code !== 0) throw new CliError(describeEnd('e2-sim', end), 1);
    await bus.flush();
    show();
    watch.conclude();
  } catch (error) {
    throw error instanceof BusError ? new CliError(error.message, 1) : error;
  } finally {
    clearInterval(timer);
    await nodes?.stop();
    await bus?.close().catch(() => undefined);
    await nats?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
