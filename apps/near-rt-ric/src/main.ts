import 'reflect-metadata';
import { ConfigError, createLogger, EXIT_BAD_CONFIG, messageOf, stopOnSignals } from '@ricochet/platform';
import { StoreError, type StoreErrorCode } from '@ricochet/store';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

/** A store that a start with the same configuration would find again as it is. */
const LASTING_STORE_FAULTS: ReadonlySet<StoreErrorCode> = new Set(['STORE_CORRUPT', 'STORE_NOT_WRITABLE']);

try {
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
  stopOnSignals(() => app.close(), { withParent: process.env['RICOCHET_WITH_PARENT'] === '1' });
} catch (error) {
  createLogger('near-rt-ric').fatal(messageOf(error));
  process.exit(isLasting(error) ? EXIT_BAD_CONFIG : 1);
}

function isLasting(error: unknown): boolean {
  return (
    error instanceof ConfigError || (error instanceof StoreError && LASTING_STORE_FAULTS.has(error.code))
  );
}
