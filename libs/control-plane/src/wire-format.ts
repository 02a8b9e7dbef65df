import { BusError } from '@ricochet/bus';
import {
  type ConsumerDeserializer,
  type ConsumerSerializer,
  type IncomingRequest,
  type OutgoingResponse,
} from '@nestjs/microservices';

/** A request whose payload is not JSON; the contract's check turns it into the error of the reply. */
export class UnreadableRequest {
  constructor(readonly reason: string) {}
}

/** What Nest's NATS server hands over of a message. */
interface NatsRequest {
  readonly subject: string;
  readonly reply?: string;
  readonly data: Uint8Array;
}

/** Reads requests as `Bus.request` sends them: the bare JSON value. */
export class RequestDeserializer implements ConsumerDeserializer {
  deserialize({ subject, reply = '', data }: NatsRequest): IncomingRequest {
    // With an id, even an empty one, Nest takes it for a request, never for an event.
    return { id: reply, pattern: subject, data: parse(data) };
  }
}

/** Writes replies as `Bus.request` reads them: `{value}` or `{error: {code, message}}`. */
export class ReplySerializer implements ConsumerSerializer {
  constructor(private readonly onInvalid: (line: string) => void) {}

  serialize(outgoing: OutgoingResponse): { data: string } {
    const error: unknown = outgoing.err;
    if (error === undefined) return { data: JSON.stringify({ value: outgoing.response as unknown }) };
    if (error instanceof BusError && error.code === 'BUS_INVALID_MESSAGE') {
      this.onInvalid(`message dropped: ${error.message}`);
    }
    const { code = 'INTERNAL', message } = error as { code?: string; message: string };
    return { data: JSON.stringify({ error: { code, message } }) };
  }
}

function parse(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString());
  } catch (error) {
    return new UnreadableRequest((error as Error).message);
  }
}
