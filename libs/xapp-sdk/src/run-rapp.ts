import { randomUUID } from 'node:crypto';
import { Bus } from '@ricochet/bus';
import { rAppRegister, type RequestOf } from '@ricochet/contracts';
import {
  EXIT_CANNOT_START,
  createLogger,
  messageOf,
  readConfig,
  stopOnSignals,
  type Logger,
} from '@ricochet/platform';
import { z } from 'zod';
import { parseAppConfig } from './app-config.js';
import { type RAppDefinition } from './define-rapp.js';

const REGISTER_EVERY_MS = 1_000;
const REQUEST_TIMEOUT_MS = 2_000;

const environmentSchema = z.object({
  RICOCHET_NATS_URL: z.url(),
  RICOCHET_RAPP_CONFIG: z.string().default('{}'),
});

/** Runs an rApp as this process, until SIGTERM or until its host is gone. */
export async function runRApp<S extends z.ZodType>(definition: RAppDefinition<S>): Promise<void> {
  const { name, version } = definition;
  const log = createLogger(name);
  try {
    const environment = readConfig(environmentSchema, process.env);
    const config = parseAppConfig(environment.RICOCHET_RAPP_CONFIG, {
      app: `rApp ${name}`,
      variable: 'RICOCHET_RAPP_CONFIG',
      schema: definition.config,
    });
    let leave = (): Promise<void> => Promise.resolve();
    // From here on, as the first connection may be long in coming.
    stopOnSignals(() => leave(), { withParent: true });
    const bus = await Bus.connect({
      url: environment.RICOCHET_NATS_URL,
      name,
      waitForServer: true,
      onTrouble: (line) => log.warn(line),
    });
    leave = () => bus.close();
    const rapp = await definition.create({ config, log, bus });
    const registering = keepRegistered({ rapp: name, version, instance: randomUUID() }, bus, log);
    leave = async () => {
      clearInterval(registering);
      await rapp.stop?.();
      await bus.close();
    };
  } catch (error) {
    log.fatal(messageOf(error));
    process.exit(EXIT_CANNOT_START);
  }
}

/** Announces the rApp now and every second: its sign of life. */
function keepRegistered(announcement: RequestOf<typeof rAppRegister>, bus: Bus, log: Logger): NodeJS.Timeout {
  let registered = false;
  const register = async (): Promise<void> => {
    try {
      await bus.request(rAppRegister, announcement, REQUEST_TIMEOUT_MS);
      if (!registered) log.info('registered with the Non-RT RIC');
      registered = true;
    } catch (error) {
      if (registered) log.warn(`the Non-RT RIC does not answer: ${messageOf(error)}`);
      registered = false;
    }
  };
  void register();
  return setInterval(() => void register(), REGISTER_EVERY_MS);
}
