import { randomUUID } from 'node:crypto';
import { xAppInstanceSchema } from '@ricochet/contracts';
import { createLogger, readConfig, runService } from '@ricochet/platform';
import { z } from 'zod';
import { parseAppConfig } from './app-config.js';
import { connectApp } from './connect-app.js';
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
export function runXApp<S extends z.ZodType, W extends Subscription>(
  definition: XAppDefinition<S, W>,
): Promise<void> {
  const { name } = definition;
  const log = createLogger(name);
  const start = async (leaveBy: (leave: () => Promise<void>) => void): Promise<void> => {
    const environment = readConfig(environmentSchema, process.env);
    const config = parseAppConfig(environment.RICOCHET_XAPP_CONFIG, {
      app: `xApp ${name}`,
      variable: 'RICOCHET_XAPP_CONFIG',
      schema: definition.config,
    });
    const bus = await connectApp({ name, url: environment.RICOCHET_NATS_URL, log });
    const instance = environment.RICOCHET_XAPP_INSTANCE ?? randomUUID();
    const session = new XAppSession({ definition, config, bus, log, instance });
    leaveBy(() => session.stop());
    session.start();
  };
  return runService(log, start, { withParent: true });
}
