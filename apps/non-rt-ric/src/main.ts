import 'reflect-metadata';
import { controlPlaneOptions } from '@ricochet/control-plane';
import { createLogger, Health, runService } from '@ricochet/platform';
import { NestFactory } from '@nestjs/core';
import { type AsyncMicroserviceOptions } from '@nestjs/microservices';
import { AppModule } from './app.module.js';
import { NON_RT_RIC_CONFIG, type NonRtRicConfig } from './non-rt-ric.config.js';
import { StatusService } from './status/status.service.js';

await runService(createLogger('non-rt-ric'), async (leaveBy) => {
  const app = await NestFactory.createMicroservice<AsyncMicroserviceOptions>(AppModule, {
    logger: false,
    abortOnError: false,
    inject: [NON_RT_RIC_CONFIG, StatusService],
    useFactory: (config: NonRtRicConfig, status: StatusService) =>
      controlPlaneOptions({
        url: config.RICOCHET_NATS_URL,
        name: 'non-rt-ric-control-plane',
        onInvalid: (line) => status.invalidRequest(line),
      }),
  });
  leaveBy(() => app.close());
  await app.listen();
  app.get(Health).begun();
});
