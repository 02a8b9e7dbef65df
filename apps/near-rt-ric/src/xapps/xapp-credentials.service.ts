import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  Bus,
  BusError,
  serveLogIns,
  ServerConnections,
  type Admission,
  type CalloutIssuer,
  type ConnectionId,
  type LogIn,
  type Unsubscribe,
  type Verdict,
} from '@ricochet/bus';
import { busViolation } from '@ricochet/contracts';
import { type Timers } from '@ricochet/e2ap';
import { messageOf } from '@ricochet/platform';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { E2_TIMERS } from '../e2/e2-timers.js';
import { RIC_CONFIG, type RicConfig } from '../ric.config.js';
import { OperatorLog } from '../status/operator-log.service.js';
import { RefusedLogIns } from './refused-log-ins.js';
import { inboxPrefixOf, subjectsOf } from './xapp-subjects.js';

const TOKEN_BYTES = 24;
/** No xApp's name: those have no underscore. */
const SYSTEM_USER = '_system';
/** The server's patience with a log-in is 2 s: who was let in just before shows by then. */
const SETTLED_AFTER_MS = 3_000;
const SYSTEM_RETRY_MS = 5_000;
/** A life of an xApp logs in once, and again when NATS was away. */
const MAX_LOG_INS_PER_S = 10;
/** Older ones have ended, or should have. */
const MAX_CONNECTIONS = 20;

/** The NATS user of one life of an xApp. */
export interface XAppCredential {
  /** `nats://user:password@host:port`. */
  readonly url: string;
  /** Lets it in no more, and closes what connections it has. */
  revoke(): void;
}

interface Credential {
  readonly user: string;
  readonly passwordHash: Buffer;
  readonly admission: Admission;
  readonly connections: ConnectionId[];
  second: number;
  logIns: number;
}

/**
 * Users of NATS for xApps: a name and a password for each life, good for the xApp's own subjects alone. The server asks
 * us whenever somebody logs in whom its configuration does not know, if it was given our issuer's key.
 */
@Injectable()
export class XAppCredentials implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly credentials = new Set<Credential>();
  private readonly refused: RefusedLogIns;
  private readonly servicesUrl: string;
  private readonly issuer: CalloutIssuer | undefined;
  private readonly systemPassword = newToken();
  private connections: ServerConnections | undefined;
  private stopServing: Unsubscribe | undefined;
  private opening: Promise<void> | undefined;
  private cancelRetry: (() => void) | undefined;
  private isTold = false;
  private isStopped = false;

  constructor(
    @Inject(RIC_CONFIG) { RICOCHET_NATS_URL: url, RICOCHET_NATS_ISSUER_SEED: issuer }: RicConfig,
    private readonly bus: Bus,
    private readonly log: OperatorLog,
    @Inject(E2_TIMERS) private readonly timers: Timers,
  ) {
    this.servicesUrl = url;
    this.issuer = issuer;
    this.refused = new RefusedLogIns(timers, (line) => log.warn(line));
  }

  onApplicationBootstrap(): void {
    this.bus.subscribe(busViolation, ({ user, action, subject }) => {
      const what = action === 'publish' ? 'publish on' : 'subscribe to';
      this.log.warn(`xApp ${user} may not ${what} ${subject}: NATS did not let it`);
    });
    if (this.issuer === undefined) return;
    this.stopServing = serveLogIns(this.bus, {
      issuer: this.issuer,
      judge: (logIn) => this.judge(logIn),
      now: () => performance.now(),
    });
    this.opening = this.openSystem();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    this.cancelRetry?.();
    await this.opening;
    this.stopServing?.();
    await this.connections?.stop();
  }

  /**
   * Of a server that does not ask us xApps get the services' own user, and nothing keeps them apart.
   * @param permissions of the xApp's descriptor
   * @throws BusError `BUS_AUTHENTICATION` when the name is that of the services' user
   */
  issue(xapp: { readonly name: string; readonly permissions: readonly string[] }): XAppCredential {
    if (this.issuer === undefined) {
      this.tellOnce();
      return { url: this.servicesUrl, revoke: () => undefined };
    }
    const { inboxPrefix } = this.bus;
    if (inboxPrefixOf(xapp.name) === inboxPrefix) {
      throw new BusError(
        'BUS_AUTHENTICATION',
        `${xapp.name} is the NATS user of the services, no xApp's name`,
      );
    }
    const password = newToken();
    const credential: Credential = {
      user: xapp.name,
      passwordHash: hashOf(password),
      admission: subjectsOf({ ...xapp, inboxPrefix }),
      connections: [],
      second: 0,
      logIns: 0,
    };
    this.credentials.add(credential);
    return { url: this.urlOf(xapp.name, password), revoke: () => this.revoke(credential) };
  }

  private judge(logIn: LogIn): Verdict {
    const hash = hashOf(logIn.password);
    if (logIn.user === SYSTEM_USER && timingSafeEqual(hash, hashOf(this.systemPassword))) return 'system';
    for (const credential of this.credentials) {
      if (credential.user !== logIn.user || !timingSafeEqual(hash, credential.passwordHash)) continue;
      if (!mayLogIn(credential, performance.now())) break;
      credential.connections.push(logIn.connection);
      if (credential.connections.length > MAX_CONNECTIONS) credential.connections.shift();
      return credential.admission;
    }
    this.refused.tell(logIn);
    return 'refused';
  }

  private revoke(credential: Credential): void {
    if (!this.credentials.delete(credential)) return;
    void this.closeUnknown();
    this.timers.after(SETTLED_AFTER_MS, () => void this.closeUnknown());
  }

  /** Closes connections of lives that are over: the server keeps who is in, whatever became of the password. */
  private async closeUnknown(): Promise<void> {
    const { connections } = this;
    if (connections === undefined || this.isStopped) return;
    try {
      const admitted = await connections.admitted();
      const known = new Set([...this.credentials].flatMap((one) => one.connections).map(keyOf));
      await Promise.all(admitted.filter((id) => !known.has(keyOf(id))).map((id) => connections.close(id)));
    } catch (error) {
      if (!this.isStopped)
        this.log.warn(`connections of xApps that ended are not closed: ${messageOf(error)}`);
    }
  }

  /** The way in that we give ourselves shows, too, whether the server asks us at all. */
  private async openSystem(): Promise<void> {
    try {
      await this.bus.flush();
      this.connections = await ServerConnections.open(this.urlOf(SYSTEM_USER, this.systemPassword));
      // Children of a former life of ours may be there still.
      await this.closeUnknown();
    } catch (error) {
      if (this.isStopped) return;
      if (error instanceof BusError && error.code === 'BUS_AUTHENTICATION') this.tellOnce();
      this.cancelRetry = this.timers.after(SYSTEM_RETRY_MS, () => {
        this.opening = this.openSystem();
      });
    }
  }

  private tellOnce(): void {
    if (this.isTold) return;
    this.isTold = true;
    this.log.warn(
      this.issuer === undefined
        ? 'xApps log in to NATS as the services do, and are not kept apart there: RICOCHET_NATS_ISSUER_SEED is not set'
        : `xApps can not log in to NATS: its auth_callout does not have our issuer, ${this.issuer.publicKey}`,
    );
  }

  private urlOf(user: string, password: string): string {
    const url = new URL(this.servicesUrl);
    [url.username, url.password] = [user, password];
    return url.href;
  }
}

function mayLogIn(credential: Credential, nowMs: number): boolean {
  const second = Math.floor(nowMs / 1_000);
  if (second !== credential.second) [credential.second, credential.logIns] = [second, 0];
  return ++credential.logIns <= MAX_LOG_INS_PER_S;
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

function hashOf(password: string): Buffer {
  return createHash('sha256').update(password).digest();
}

function keyOf({ server, number }: ConnectionId): string {
  return `${server} ${number}`;
}
