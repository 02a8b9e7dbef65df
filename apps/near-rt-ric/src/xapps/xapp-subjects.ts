import { type Admission } from '@ricochet/bus';
import { contribute, modelGet, roundClosed, roundOpen } from '@ricochet/contracts';

/** Stream of the bucket that vectors too large for a message go through. */
const VECTORS = 'OBJ_ricochet-vectors';

/**
 * Learning with the Non-RT RIC. Large vectors need JetStream, which answers on any subject that it is told to: whoever
 * has this could have it publish where they may not.
 */
const LEARNING = {
  publish: [
    roundOpen.subject,
    contribute.subject,
    modelGet.subject,
    '$O.ricochet-vectors.>',
    '$JS.API.INFO',
    ...['CREATE', 'INFO', 'PURGE', 'MSG.GET'].map((what) => `$JS.API.STREAM.${what}.${VECTORS}`),
    ...['CREATE', 'DELETE', 'INFO', 'MSG.NEXT'].map((what) => `$JS.API.CONSUMER.${what}.${VECTORS}.>`),
    `$JS.API.DIRECT.GET.${VECTORS}.>`,
    `$JS.ACK.${VECTORS}.>`,
    `$JS.FC.${VECTORS}.>`,
  ],
  subscribe: [roundClosed.subject],
} as const;

export interface XAppAccess {
  readonly name: string;
  /** Of its descriptor. Shared data (`sdl:…`) is the RIC's to give, no subject's. */
  readonly permissions: readonly string[];
  /** Where the RIC hears the answers of xApps. */
  readonly inboxPrefix: string;
}

/** Where an xApp hears answers. */
export function inboxPrefixOf(name: string): string {
  return `_INBOX.${name}`;
}

/** What an xApp may do on NATS: its own subjects, its own inboxes, answers to the RIC, and what it is permitted. */
export function subjectsOf({ name, permissions, inboxPrefix }: XAppAccess): Admission {
  const learns = permissions.includes('learning');
  const own = `ric.xapp.${name}.>`;
  return {
    publish: [own, `${inboxPrefix}.>`, ...(learns ? LEARNING.publish : [])],
    subscribe: [own, `${inboxPrefixOf(name)}.>`, ...(learns ? LEARNING.subscribe : [])],
  };
}
