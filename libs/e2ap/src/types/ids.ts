import { enumerated, type Infer, integer, octetString, sequence } from '@ricochet/asn1';

/** Octets of a service model or of another interface, carried as they are. */
export const octets = octetString();

/** 0..255, and beyond as an extension (clause 9.2.33). */
export const transactionId = integer({ min: 0, max: 255, extensible: true });

const number16 = integer({ min: 0, max: 65_535 });

/** Names one subscription or one control of one requestor (clause 9.2.7). */
export const ricRequestId = sequence({ requestorId: number16, instanceId: number16 }, {});
export type RicRequestId = Infer<typeof ricRequestId>;

/** 0..4095 (clause 9.2.8). */
export const ranFunctionId = integer({ min: 0, max: 4095 });

/** 0..255 (clause 9.2.10). */
export const ricActionId = integer({ min: 0, max: 255 });

/** Counts the report periods of an action modulo 65536, those that could not be sent too (clause 9.2.14). */
export const ricIndicationSn = number16;

/** Seconds to wait before another attempt (clause 9.2.5). */
export const timeToWait = enumerated(['v1s', 'v2s', 'v5s', 'v10s', 'v20s', 'v60s'], { extensions: [] });
export type TimeToWait = Infer<typeof timeToWait>;
