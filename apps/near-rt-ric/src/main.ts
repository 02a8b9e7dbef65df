import 'reflect-metadata';
import { controlPlaneOptions } from '@ricochet/control-plane';
import { createLogger, EXIT_CANNOT_START, messageOf, stopOnSignals } from '@ricochet/platform';
import { NestFactory } from '@nestjs/core';
import { type AsyncMicroserviceOptions } from '@nestjs/microservices';
import { ApiService } from './api/api.service.js';
import { AppModule } from './app.module.js';
import { RIC_CONFIG, type RicConfig } from './ric.config.js';
import { StatusService } from './status/status.service.js';

let isStopping = () => false;
try {
  let leave = (): Promise<void> => Promise.resolve();
  // Before the start, as NATS may be long in coming.
  isStopping = stopOnSignals(() => leave(), { withParent: process.env['RICOCHET_WITH_PARENT'] === '1' });
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
  leave = () => app.close();
  await app.listen();
  await app.get(ApiService).open();
} catch (error) {
  // Told to stop while it was starting, it ends by that.
  if (!isStopping()) {
    createLogger('near-rt-ric').fatal(messageOf(error));
    process.exit(EXIT_CANNOT_START);
  }
}
