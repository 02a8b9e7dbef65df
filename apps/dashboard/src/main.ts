import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { createLogger, Health, OperatorLog, runService } from '@ricochet/platform';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { DASHBOARD_CONFIG, type DashboardConfig } from './dashboard.config.js';
import { serveDashboard } from './http/serve.js';

await runService(createLogger('dashboard'), async (leaveBy) => {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    logger: false,
    abortOnError: false,
    bodyParser: false,
    forceCloseConnections: true,
  });
  leaveBy(() => app.close());
  const log = app.get(OperatorLog);
  const { host, port } = await serveDashboard(app, app.get<DashboardConfig>(DASHBOARD_CONFIG), {
    log,
    pageFolder: fileURLToPath(new URL('./web', import.meta.url)),
  });
  app.get(Health).begun();
  log.info(`page on ${host}:${port}`);
});
