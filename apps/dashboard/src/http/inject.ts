import { BusError, type Bus } from '@ricochet/bus';
import { simulationInject, type ReplyOf } from '@ricochet/contracts';
import { RequestError } from '@ricochet/platform';

const TIMEOUT_MS = 3_000;

/** Has the simulator play an event. @throws RequestError in its words when it does not */
export async function inject(
  bus: Pick<Bus, 'request'>,
  event: unknown,
): Promise<ReplyOf<typeof simulationInject>> {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw new RequestError(400, 'body: expected an event of the scenario file, without "at"');
  }
  try {
    return await bus.request(simulationInject, { event: { ...event } }, TIMEOUT_MS);
  } catch (error) {
    throw error instanceof BusError ? refusal(error) : error;
  }
}

function refusal({ code, message }: BusError): RequestError {
  if (code === 'BUS_REFUSED') return new RequestError(422, message);
  if (code === 'BUS_TIMEOUT') return new RequestError(504, 'the simulator does not answer');
  return new RequestError(503, 'no simulator runs that could play it');
}
