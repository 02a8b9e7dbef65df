import 'reflect-metadata';
import { createLogger, EXIT_CANNOT_START, messageOf, stopOnSignals } from '@ricochet/platform';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

try {
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
  stopOnSignals(() => app.close(), { withParent: process.env['RICOCHET_WITH_PARENT'] === '1' });
} catch (error) {
  createLogger('near-rt-ric').fatal(messageOf(error));
  process.exit(EXIT_CANNOT_START);
}
