import 'reflect-metadata';
import { controlPlaneOptions } from '@ricochet/control-plane';
import { createLogger, Health, runService } from '@ricochet/platform';
import { NestFactory } from '@nestjs/core';
import { type AsyncMicroserviceOptions } from '@nestjs/microservices';
import { ApiService } from './api/api.service.js';
import { AppModule } from './app.module.js';
import { RIC_CONFIG, type RicConfig } from './ric.config.js';
import { StatusService } from './status/status.service.js';

await runService(createLogger('near-rt-ric'), async (leaveBy) => {
  const app = await NestFactory.createMicroservice<AsyncMicroserviceOptions>(AppModule, {
    logger: false,
    abortOnError: false,
    inject: [RIC_CONFIG, StatusService],
    useFactory: (config: RicConfig, status: StatusService) =>
      controlPlaneOptions({
        url: config.RICOCHET_NATS_URL,
        name: 'near-rt-ric-control-plane',
        onInvalid: (line) => status.invalidRequest(line),
      }),
  });
  leaveBy(() => app.close());
  await app.listen();
  await app.get(ApiService).open();
  app.get(Health).begun();
});
