import { randomUUID } from 'node:crypto';
import { Bus } from '@ricochet/bus';
import { EXIT_CANNOT_START, createLogger, messageOf, readConfig, stopOnSignals } from '@ricochet/platform';
import { z } from 'zod';
import { LearningClient } from './learning-client.js';
import { parseAppConfig } from './app-config.js';
import { type XAppDefinition } from './define-xapp.js';
import { XAppSession } from './xapp-session.js';

const environmentSchema = z.object({
  RICOCHET_NATS_URL: z.url(),
  RICOCHET_XAPP_CONFIG: z.string().default('{}'),
});

/** Runs an xApp as this process, until SIGTERM or until its host is gone. */
export async function runXApp<S extends z.ZodType>(definition: XAppDefinition<S>): Promise<void> {
  const log = createLogger(definition.name);
  try {
    const environment = readConfig(environmentSchema, process.env);
    const config = parseAppConfig(environment.RICOCHET_XAPP_CONFIG, {
      app: `xApp ${definition.name}`,
      variable: 'RICOCHET_XAPP_CONFIG',
      schema: definition.config,
    });
    let leave = (): Promise<void> => Promise.resolve();
    // From here on, as the first connection may be long in coming.
    stopOnSignals(() => leave(), { withParent: true });
    const bus = await Bus.connect({
      url: environment.RICOCHET_NATS_URL,
      name: definition.name,
      waitForServer: true,
      onTrouble: (line) => log.warn(line),
    });
    const handlers = definition.create({ config, log, learning: new LearningClient(bus) });
    const session = new XAppSession({
      name: definition.name,
      version: definition.version,
      subscriptions: definition.subscriptions(config),
      policyTypes: definition.policyTypes?.(config) ?? [],
      handlers,
      bus,
      log,
      instance: randomUUID(),
    });
    leave = () => session.stop();
    session.start();
  } catch (error) {
    log.fatal(messageOf(error));
    process.exit(EXIT_CANNOT_START);
  }
}
