import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ricStatus, roundClosed, simulationSample } from '@ricochet/contracts';
import { httpAddressSchema } from '@ricochet/platform';
import { apiSettings } from '../stack/api-settings.js';
import { dashboardNotice, dashboardSettings, type DashboardSettings } from '../stack/dashboard-settings.js';
import { DEFAULT_DATA_FOLDER, takeDataFolder } from '../stack/data-folder.js';
import { onInterrupt } from '../stack/interrupt.js';
import { readLoopScenario } from '../stack/loop-scenario.js';
import { DEFAULT_SCENARIO } from '../stack/scenario-file.js';
import { Stack } from '../stack/stack.js';
import { LiveView } from '../live/live-view.js';
import {
  e2AllowOption,
  e2CodecOption,
  e2ListenOption,
  e2Option,
  e2ProfileOption,
  e2Settings,
  peerProfileOption,
  type E2Options,
} from './e2-options.js';
import { controllerOption, integer, natsOption, seedOption, speedOption } from './options.js';

interface UpOptions extends E2Options {
  readonly seed: number;
  readonly speed: number;
  readonly controller?: string;
  readonly nats?: string;
  readonly nodes: boolean;
  readonly natsPort?: number;
  readonly api?: string;
  /** `false`: no page. */
  readonly dashboard?: string | false;
  readonly data: string;
  readonly plain?: boolean;
}

export function upCommand(): Command {
  return new Command('up')
    .description('start the emulated RIC and watch it live, until Ctrl-C')
    .argument('[scenario]', 'scenario file (YAML), its time line repeats (default: slice-surge.yaml)')
    .addOption(seedOption())
    .addOption(speedOption())
    .addOption(controllerOption())
    .addOption(natsOption())
    .addOption(e2Option())
    .addOption(e2CodecOption())
    .addOption(e2ProfileOption())
    .addOption(e2ListenOption())
    .addOption(e2AllowOption())
    .addOption(peerProfileOption())
    .addOption(new Option('--no-nodes', 'the RIC alone, for nodes of others').conflicts(['e2', 'e2Profile']))
    .option(
      '--nats-port <port>',
      'port of the embedded NATS server (default: any free one)',
      integer(1, 65_535),
    )
    .option(
      '--api <host:port>',
      "where the RIC's API is served (default: any free port of 127.0.0.1)",
      httpAddress,
    )
    .option(
      '--dashboard <host:port>',
      'where the page is served (default: 127.0.0.1:8080, or the next port that is free)',
      httpAddress,
    )
    .option('--no-dashboard', 'no page')
    .option('--data <folder>', 'folder of the store and the logs', DEFAULT_DATA_FOLDER)
    .option('--plain', 'one line a second instead of the live view')
    .action(up);
}

async function up(scenarioPath: string = DEFAULT_SCENARIO, options: UpOptions): Promise<void> {
  const { scenario } = readLoopScenario(scenarioPath);
  const e2 = e2Settings(options, 'auto');
  const folder = takeDataFolder(options.data);
  try {
    const interrupted = onInterrupt();
    const api = await apiSettings(options.api);
    const { dashboard: page } = options;
    const dashboard = page === false ? undefined : await dashboardSettings(api, page);
    const view = new LiveView({
      plain: options.plain === true || !process.stdout.isTTY,
      stream: process.stdout,
      emulatesNodes: options.nodes,
    });
    const tellPage = (page: DashboardSettings): void => view.notify(dashboardNotice(page, api.access.key));
    const stack = await Stack.open({
      scenario,
      scenarioPath: resolve(scenarioPath),
      seed: options.seed,
      mode: 'real-time',
      speed: options.speed,
      untilMs: 0,
      controller: options.controller ?? scenario.controller,
      natsUrl: options.nats,
      e2,
      withoutNodes: !options.nodes,
      natsPort: options.natsPort,
      api,
      dashboard,
      onPage: tellPage,
      dataDir: folder.path,
      restart: true,
      onLine: (line) => view.line(line),
    });
    try {
      stack.bus.subscribe(simulationSample, (sample) => view.sample(sample));
      stack.bus.subscribe(ricStatus, (status) => view.status(status));
      stack.bus.subscribe(roundClosed, (round) => view.round(round));
      folder.tellUrl(stack.natsUrl);
      folder.tellApi(api.access);
      stack.begin();
      if (dashboard !== undefined) tellPage(dashboard);
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

function httpAddress(text: string): string {
  if (httpAddressSchema.safeParse(text).success) return text;
  throw new InvalidArgumentError('expected host:port or a port');
}
