import { randomUUID } from 'node:crypto';
import { Bus } from '@ricochet/bus';
import { xAppInstanceSchema } from '@ricochet/contracts';
import { EXIT_CANNOT_START, createLogger, messageOf, readConfig, stopOnSignals } from '@ricochet/platform';
import { z } from 'zod';
import { parseAppConfig } from './app-config.js';
import { type XAppDefinition } from './define-xapp.js';
import { type Subscription } from './subscription.js';
import { XAppSession } from './xapp-session.js';

const environmentSchema = z.object({
  RICOCHET_NATS_URL: z.url(),
  RICOCHET_XAPP_CONFIG: z.string().default('{}'),
  /** Given by a host that wants to know this life again when it registers. */
  RICOCHET_XAPP_INSTANCE: xAppInstanceSchema.optional(),
});

/** Runs an xApp as this process, until SIGTERM or until its host is gone. */
export async function runXApp<S extends z.ZodType, W extends Subscription>(
  definition: XAppDefinition<S, W>,
): Promise<void> {
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
    const instance = environment.RICOCHET_XAPP_INSTANCE ?? randomUUID();
    const session = new XAppSession({ definition, config, bus, log, instance });
    leave = () => session.stop();
    session.start();
  } catch (error) {
    log.fatal(messageOf(error));
    process.exit(EXIT_CANNOT_START);
  }
}
