import 'reflect-metadata';
import { createLogger, EXIT_CANNOT_START, messageOf, stopOnSignals } from '@ricochet/platform';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

try {
  let leave = (): Promise<void> => Promise.resolve();
  // Before the start, as NATS may be long in coming.
  stopOnSignals(() => leave(), { withParent: process.env['RICOCHET_WITH_PARENT'] === '1' });
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
  leave = () => app.close();
} catch (error) {
  createLogger('near-rt-ric').fatal(messageOf(error));
  process.exit(EXIT_CANNOT_START);
}
