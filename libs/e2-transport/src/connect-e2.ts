import { randomUUID } from 'node:crypto';
import { type Bus } from '@ricochet/bus';
import { type Transport } from '@ricochet/e2ap';
import { type E2Address } from './e2-address.js';
import { connectE2OverNats } from './nats/nats-e2-client.js';
import { nodeTimers } from './node-timers.js';
import { connectE2OverSctp } from './sctp/sctp-e2-client.js';

const MAX_ASSOCIATION_NAME = 64;

export interface E2ConnectOptions {
  /** Where the RIC is. */
  readonly address: E2Address;
  /** For an association over NATS, which there is none without. */
  readonly bus: Bus | undefined;
  readonly nodeId: string;
  /** Payload protocol identifier of what is sent over SCTP. */
  readonly ppid: number;
  readonly timeoutMs: number;
}

/**
 * Opens an association of a node with the RIC.
 * @throws BusError or SctpError when none comes about
 */
export async function connectE2({
  address,
  bus,
  nodeId,
  ppid,
  timeoutMs,
}: E2ConnectOptions): Promise<Transport> {
  if (address.kind === 'sctp') {
    const { host, port } = address;
    return connectE2OverSctp({ host, port, ppid, timers: nodeTimers, timeoutMs });
  }
  if (bus === undefined) throw new Error('E2 over NATS needs a bus');
  const association = `${nodeId}-${randomUUID()}`.slice(-MAX_ASSOCIATION_NAME);
  return connectE2OverNats({ bus, timers: nodeTimers, association, timeoutMs });
}
