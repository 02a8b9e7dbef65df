import { z } from 'zod';
import { request } from './contract.js';

/**
 * E2 over NATS. A node asks for an association under an id of its own making; after that each direction has
 * three subjects an association: `pdu` (E2AP bytes), `beat` (alive) and `abort` (gone, with the reason as text).
 */
export const e2Associate = request('e2.associate', {
  request: z.strictObject({ association: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) }),
  reply: z.strictObject({ accepted: z.literal(true) }),
});

export type E2Signal = 'pdu' | 'beat' | 'abort';

/** From the node to the RIC; `*` for the RIC's own subscription. */
export const e2Uplink = (association: string, signal: E2Signal | '*'): string =>
  `e2.up.${association}.${signal}`;

/** From the RIC to the node. */
export const e2Downlink = (association: string, signal: E2Signal | '*'): string =>
  `e2.down.${association}.${signal}`;
