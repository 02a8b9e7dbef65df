import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { createLogger, EXIT_CANNOT_START, messageOf, OperatorLog, stopOnSignals } from '@ricochet/platform';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { DASHBOARD_CONFIG, type DashboardConfig } from './dashboard.config.js';
import { serveDashboard } from './http/serve.js';

let isStopping = () => false;
try {
  let leave = (): Promise<void> => Promise.resolve();
  // Before the start, as NATS may be long in coming.
  isStopping = stopOnSignals(() => leave(), { withParent: process.env['RICOCHET_WITH_PARENT'] === '1' });
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    logger: false,
    abortOnError: false,
    bodyParser: false,
    forceCloseConnections: true,
  });
  leave = () => app.close();
  const log = app.get(OperatorLog);
  const { host, port } = await serveDashboard(app, app.get<DashboardConfig>(DASHBOARD_CONFIG), {
    log,
    pageFolder: fileURLToPath(new URL('./web', import.meta.url)),
  });
  log.info(`page on ${host}:${port}`);
} catch (error) {
  // Told to stop while it was starting, it ends by that.
  if (!isStopping()) {
    createLogger('dashboard').fatal(messageOf(error));
    process.exit(EXIT_CANNOT_START);
  }
}
