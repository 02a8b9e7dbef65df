import { BusError, encodeMessage, errorReply } from '@ricochet/bus';
import {
  type ConsumerDeserializer,
  type ConsumerSerializer,
  type IncomingRequest,
  type OutgoingResponse,
} from '@nestjs/microservices';

/** What Nest's NATS server hands over of a message. */
interface NatsRequest {
  readonly subject: string;
  readonly reply?: string;
  readonly data: Uint8Array;
}

/** Hands requests on as they came: the contract's pipe decodes them, as it knows what they should be. */
export class RequestDeserializer implements ConsumerDeserializer {
  deserialize({ subject, reply = '', data }: NatsRequest): IncomingRequest {
    // With an id, even an empty one, Nest takes it for a request, never for an event.
    return { id: reply, pattern: subject, data };
  }
}

/** Writes replies as `Bus.request` reads them: `{value}` or `{error: {code, message}}`. */
export class ReplySerializer implements ConsumerSerializer {
  constructor(private readonly onInvalid: (line: string) => void) {}

  serialize(outgoing: OutgoingResponse): { data: Uint8Array } {
    const error: unknown = outgoing.err;
    if (error === undefined) return { data: encodeMessage({ value: outgoing.response as unknown }) };
    if (error instanceof BusError && error.code === 'BUS_INVALID_MESSAGE') {
      this.onInvalid(`message dropped: ${error.message}`);
    }
    return { data: encodeMessage(errorReply(error)) };
  }
}
