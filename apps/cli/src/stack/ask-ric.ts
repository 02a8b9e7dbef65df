import { Bus, BusError } from '@ricochet/bus';
import { type RequestContract } from '@ricochet/contracts';
import { CliError } from '../cli.error.js';
import { urlOfRunning } from './data-folder.js';

/** The RIC that is asked: by the URL of its NATS server, or the folder of the `ricochet up` that runs it, if need be. */
export interface AskedRic {
  readonly nats?: string | undefined;
  readonly data?: string | undefined;
  readonly timeoutMs: number;
}

/** Asks a Near-RT RIC that runs. @throws CliError when there is none, or it does not answer */
export async function askRic<Q, R>(
  { nats, data, timeoutMs }: AskedRic,
  contract: RequestContract<Q, R>,
  question: Q,
): Promise<R> {
  const url = nats ?? urlOfRunning(data);
  let bus: Bus | undefined;
  try {
    bus = await Bus.connect({ url, name: 'ricochet-cli', onTrouble: () => undefined });
    return await bus.request(contract, question, timeoutMs);
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    const isAlone = error.code === 'BUS_NO_RESPONDER';
    throw new CliError(isAlone ? `NATS at ${new URL(url).host}: no Near-RT RIC is there` : error.message, 1);
  } finally {
    await bus?.close().catch(() => undefined);
  }
}
