import { Bus } from '@ricochet/bus';
import { type Logger } from '@ricochet/platform';

/** The bus of an xApp or rApp, which waits until NATS is there. */
export function connectApp(app: {
  readonly name: string;
  readonly url: string;
  readonly log: Logger;
}): Promise<Bus> {
  const { name, url, log } = app;
  return Bus.connect({ url, name, waitForServer: true, onTrouble: (line) => log.warn(line) });
}
