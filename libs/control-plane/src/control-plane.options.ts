import { type NatsOptions, Transport } from '@nestjs/microservices';
import { ReplySerializer, RequestDeserializer } from './wire-format.js';

export interface ControlPlaneConfig {
  /** `nats://user:password@host:port`. */
  readonly url: string;
  /** Shown by the server in its list of connections. */
  readonly name: string;
  /** One line for each request that did not fit its contract. */
  readonly onInvalid: (line: string) => void;
}

const RECONNECT_WAIT_MS = 250;

/**
 * Nest's NATS transport, in the bus's words and with its patience: it waits for the first connection and comes back
 * after every loss. Telling of those is left to the bus, which every service has beside it.
 */
export function controlPlaneOptions({ url, name, onInvalid }: ControlPlaneConfig): NatsOptions {
  const { host, username, password } = new URL(url);
  return {
    transport: Transport.NATS,
    options: {
      servers: host,
      ...(username && { user: decodeURIComponent(username) }),
      ...(password && { pass: decodeURIComponent(password) }),
      name,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RECONNECT_WAIT_MS,
      reconnectJitter: 0,
      waitOnFirstConnect: true,
      ignoreAuthErrorAbort: true,
      deserializer: new RequestDeserializer(),
      serializer: new ReplySerializer(onInvalid),
    },
  };
}
