import { pino, type Logger } from 'pino';

export type { Logger };

/** Structured logs of one service: JSON lines on standard error, level by `RICOCHET_LOG_LEVEL`. */
export function createLogger(service: string): Logger {
  return pino(
    { base: { service }, level: process.env['RICOCHET_LOG_LEVEL'] ?? 'info' },
    pino.destination({ dest: 2, sync: true }),
  );
}
