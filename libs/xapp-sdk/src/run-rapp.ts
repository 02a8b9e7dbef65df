import { randomUUID } from 'node:crypto';
import { type Bus } from '@ricochet/bus';
import { rAppRegister, type RequestOf } from '@ricochet/contracts';
import { createLogger, messageOf, readConfig, runService, type Logger } from '@ricochet/platform';
import { z } from 'zod';
import { parseAppConfig } from './app-config.js';
import { connectApp } from './connect-app.js';
import { type RAppDefinition } from './define-rapp.js';

const REGISTER_EVERY_MS = 1_000;
const REQUEST_TIMEOUT_MS = 2_000;

const environmentSchema = z.object({
  RICOCHET_NATS_URL: z.url(),
  RICOCHET_RAPP_CONFIG: z.string().default('{}'),
});

/** Runs an rApp as this process, until SIGTERM or until its host is gone. */
export function runRApp<S extends z.ZodType>(definition: RAppDefinition<S>): Promise<void> {
  const { name, version } = definition;
  const log = createLogger(name);
  const start = async (leaveBy: (leave: () => Promise<void>) => void): Promise<void> => {
    const environment = readConfig(environmentSchema, process.env);
    const config = parseAppConfig(environment.RICOCHET_RAPP_CONFIG, {
      app: `rApp ${name}`,
      variable: 'RICOCHET_RAPP_CONFIG',
      schema: definition.config,
    });
    const bus = await connectApp({ name, url: environment.RICOCHET_NATS_URL, log });
    leaveBy(() => bus.close());
    const rapp = await definition.create({ config, log, bus });
    const registering = keepRegistered({ rapp: name, version, instance: randomUUID() }, bus, log);
    leaveBy(async () => {
      clearInterval(registering);
      await rapp.stop?.();
      await bus.close();
    });
  };
  return runService(log, start, { withParent: true });
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
