import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { ricStatus, roundClosed, simulationSample } from '@ricochet/contracts';
import { type E2CodecName } from '@ricochet/e2ap';
import { takeDataFolder } from '../stack/data-folder.js';
import { onInterrupt } from '../stack/interrupt.js';
import { loadScenario } from '../stack/scenario-file.js';
import { Stack } from '../stack/stack.js';
import { LiveView } from '../live/live-view.js';
import { controllerOption, e2CodecOption, integer, natsOption, seedOption, speedOption } from './options.js';

interface UpOptions {
  readonly seed: number;
  readonly speed: number;
  readonly controller?: string;
  readonly nats?: string;
  readonly e2Codec: E2CodecName;
  readonly natsPort?: number;
  readonly data: string;
  readonly plain?: boolean;
}

const DEFAULT_SCENARIO = fileURLToPath(new URL('../../../../scenarios/slice-surge.yaml', import.meta.url));

export function upCommand(): Command {
  return new Command('up')
    .description('start the emulated RIC and watch it live, until Ctrl-C')
    .argument('[scenario]', 'scenario file (YAML), its time line repeats (default: slice-surge.yaml)')
    .addOption(seedOption())
    .addOption(speedOption())
    .addOption(controllerOption())
    .addOption(natsOption())
    .addOption(e2CodecOption())
    .option(
      '--nats-port <port>',
      'port of the embedded NATS server (default: any free one)',
      integer(1, 65_535),
    )
    .option('--data <folder>', 'folder of the store and the logs', '.ricochet')
    .option('--plain', 'one line a second instead of the live view')
    .action(up);
}

async function up(scenarioPath: string = DEFAULT_SCENARIO, options: UpOptions): Promise<void> {
  const scenario = loadScenario(scenarioPath);
  const folder = takeDataFolder(options.data);
  const view = new LiveView({
    plain: options.plain === true || !process.stdout.isTTY,
    stream: process.stdout,
  });
  try {
    const interrupted = onInterrupt();
    const stack = await Stack.open({
      scenario,
      scenarioPath: resolve(scenarioPath),
      seed: options.seed,
      mode: 'real-time',
      speed: options.speed,
      untilMs: 0,
      controller: options.controller ?? scenario.controller,
      natsUrl: options.nats,
      e2Codec: options.e2Codec,
      natsPort: options.natsPort,
      dataDir: folder.path,
      restart: true,
      onLine: (line) => view.line(line),
    });
    try {
      stack.bus.subscribe(simulationSample, (sample) => view.sample(sample));
      stack.bus.subscribe(ricStatus, (status) => view.status(status));
      stack.bus.subscribe(roundClosed, (round) => view.round(round));
      stack.begin();
      view.start();
      await Promise.race([interrupted, stack.failed]);
    } finally {
      view.stop();
      await stack.stop();
    }
  } finally {
    folder.release();
  }
}
