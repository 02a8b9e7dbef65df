import { createPrivateKey, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createAccount, fromSeed } from '@nats-io/nkeys';
import { BusError } from './bus.error.js';

/** PKCS#8 of an Ed25519 key, RFC 8410 clause 7, up to its 32 octets. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const KEY_BYTES = 32;
/** Kind of key and of its owner, before the key in an nkey seed. */
const SEED_HEAD_BYTES = 2;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const JWT_HEAD = base64({ typ: 'JWT', alg: 'ed25519-nkey' });
/** Of the claims in NATS's tokens. */
const CLAIMS_VERSION = 2;

/** Whom an answer is for: the user's key of this log-in and the server that asks. */
export interface CalloutParties {
  readonly userKey: string;
  readonly serverKey: string;
}

export interface AdmittedUser {
  /** In the server's log and lists. */
  readonly name: string;
  /** Of the server. */
  readonly account: string;
  /** As claims of a user's token. */
  readonly permissions: object;
}

/**
 * Signs the answers to a server's auth callout (NATS ADR-26): an nkey of an account, whose public half the server knows.
 * OpenSSL signs in 0.1 ms; NATS's own library takes 40 ms for an answer, which the control loop would feel.
 */
export class CalloutIssuer {
  private constructor(
    /** `SA…`, a secret. */
    readonly seed: string,
    /** `A…`, for `issuer` of the server's `auth_callout`. */
    readonly publicKey: string,
    private readonly key: KeyObject,
  ) {}

  static create(): CalloutIssuer {
    return CalloutIssuer.fromSeed(Buffer.from(createAccount().getSeed()).toString());
  }

  /** @throws BusError `BUS_INVALID_SEED` when it is not the seed of an account */
  static fromSeed(seed: string): CalloutIssuer {
    const publicKey = publicKeyOf(seed);
    if (!publicKey?.startsWith('A')) {
      throw new BusError('BUS_INVALID_SEED', 'expected the nkey seed of a NATS account, SA…');
    }
    const raw = fromBase32(seed).subarray(SEED_HEAD_BYTES, SEED_HEAD_BYTES + KEY_BYTES);
    const der = Buffer.concat([PKCS8_HEAD, raw]);
    return new CalloutIssuer(seed, publicKey, createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  }

  /** An answer that lets the user in. */
  admit(parties: CalloutParties, { name, account, permissions }: AdmittedUser): string {
    const about = { sub: parties.userKey, name, aud: account };
    const jwt = this.token(about, { ...permissions, type: 'user' });
    return this.answer(parties, { jwt });
  }

  /** An answer that does not; the server logs the reason, the user does not hear it. */
  refuse(parties: CalloutParties, error: string): string {
    return this.answer(parties, { error });
  }

  private answer({ userKey, serverKey }: CalloutParties, said: object): string {
    return this.token({ sub: userKey, aud: serverKey }, { ...said, type: 'authorization_response' });
  }

  private token(about: object, nats: object): string {
    const claims = {
      ...about,
      jti: randomUUID(),
      iat: Math.floor(Date.now() / 1_000),
      iss: this.publicKey,
      nats: { ...nats, version: CLAIMS_VERSION },
    };
    const text = `${JWT_HEAD}.${base64(claims)}`;
    return `${text}.${sign(null, Buffer.from(text), this.key).toString('base64url')}`;
  }
}

function publicKeyOf(seed: string): string | undefined {
  try {
    return fromSeed(Buffer.from(seed)).getPublicKey();
  } catch {
    return undefined;
  }
}

function base64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** RFC 4648 clause 6, without padding. */
function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let [bits, width] = [0, 0];
  for (const letter of text) {
    bits = ((bits << 5) | BASE32.indexOf(letter)) & 0xfff;
    width += 5;
    if (width < 8) continue;
    width -= 8;
    bytes.push((bits >> width) & 0xff);
  }
  return Buffer.from(bytes);
}
