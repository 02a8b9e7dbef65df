import { createHash } from 'node:crypto';
import { ApiKeys, type ApiKey, type ApiRole, type Problem } from '@ricochet/platform';
import { newSubscription, type E2Subscription } from '../subscriptions/e2-subscription.js';
import { ManualTimers } from '../manual-timers.fixture.js';
import { type XAppPackage } from '../xapps/xapp-packages.service.js';
import { type XAppStatus } from '../xapps/xapp-status.js';
import { type EventSubscription } from './appmgr/event-subscriptions.service.js';
import { type ApiRic } from './api-ric.js';
import { EventFeed } from './events/event-feed.js';
import { serveApi, type ApiServer } from './api-server.js';

const sha256 = (key: string): string => createHash('sha256').update(key).digest('hex');

export const keyNamed = (name: string, role: ApiRole): ApiKey => ({ name, role, sha256: sha256(name) });

export const STATUS: XAppStatus = {
  name: 'monitor',
  version: '1.0.0',
  state: 'running',
  config: { word: 'one' },
  priority: 60,
  onTrial: false,
  changedAtMs: 1,
  instances: [{ instance: 'i-1', version: '1.0.0', role: 'serving', restarts: 0 }],
};

export const PACKAGE = {
  name: 'monitor',
  version: '1.0.0',
  digest: 'ab12',
  path: '/somewhere/secret',
  builtin: false,
  onboardedAtMs: 1,
} as XAppPackage;

export const SUBSCRIPTION: EventSubscription = {
  id: 'ab-12',
  data: { eventType: 'deployed', maxRetries: 3, retryTimer: 5, targetUrl: 'http://127.0.0.1:8080/events' },
};

const report = { level: 'cell' as const, periodMs: 100, measurements: ['RRU.PrbTotDl'] };
const E2_SUBSCRIPTION: E2Subscription = Object.assign(newSubscription(7, 'gnb-1', report), {
  state: 'failed' as const,
  cause: 'gnb-1 offers no ORAN-E2SM-KPM',
});
for (const [xapp, name] of [
  ['monitor', 'a'],
  ['monitor', 'b'],
  ['ric', 'slices'],
] as const) {
  E2_SUBSCRIPTION.subscribers.set(`${xapp}/${name}`, { xapp, name });
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** The API on a free port, over a life cycle that remembers what it was asked. The keys are their names. */
export class ServedApi {
  readonly asked: unknown[][] = [];
  readonly faults: unknown[] = [];
  readonly timers = new ManualTimers();
  readonly events = new EventFeed(this.timers);
  /** What the life cycle throws. */
  failure: unknown;
  fault: string | undefined;
  private server: ApiServer | undefined;

  async start(): Promise<void> {
    this.server = await serveApi({
      address: { host: '127.0.0.1', port: 0 },
      keys: new ApiKeys([keyNamed('watcher', 'viewer'), keyNamed('chief', 'operator')]),
      ric: this.ric(),
      onFault: (error) => this.faults.push(error),
    });
  }

  stop(): Promise<void> {
    return this.server?.close() ?? Promise.resolve();
  }

  get port(): number {
    return this.server?.address.port ?? 0;
  }

  async ask(
    method: string,
    path: string,
    init: RequestInit & { readonly key?: string } = {},
  ): Promise<Reply> {
    const { key = 'chief', headers, ...rest } = init;
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      ...rest,
      method,
      headers: { ...(key !== '' && { Authorization: `Bearer ${key}` }), ...(headers as object) },
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
  }

  json(method: string, path: string, body: unknown): Promise<Reply> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.ask(method, path, { headers: { 'Content-Type': 'application/json' }, body: text });
  }

  private ric(): ApiRic {
    const answer =
      <T>(name: string, value: T) =>
      (...args: unknown[]): T => {
        this.asked.push([name, ...args]);
        if (this.failure !== undefined) throw this.failure as Error;
        return value;
      };
    const later = <T>(name: string, value: T) => {
      const now = answer(name, value);
      // eslint-disable-next-line @typescript-eslint/require-await
      return async (...args: unknown[]): Promise<T> => now(...args);
    };
    return {
      lifecycle: {
        onboard: later('onboard', PACKAGE),
        packages: answer('packages', [PACKAGE]),
        deploy: later('deploy', STATUS),
        undeploy: later('undeploy', STATUS),
        configure: later('configure', STATUS),
        upgrade: later('upgrade', STATUS),
        rollback: later('rollback', STATUS),
        status: answer('status', [STATUS]),
        logs: later('logs', ['a line']),
        remove: later('remove', undefined),
      },
      subscriptions: {
        all: answer('subscriptions', [SUBSCRIPTION]),
        get: answer('subscription', SUBSCRIPTION),
        add: later('subscribe', SUBSCRIPTION),
        change: later('resubscribe', SUBSCRIPTION),
        remove: later('unsubscribe', undefined),
        version: 7,
      },
      events: this.events,
      nodes: answer('nodes', []),
      e2Subscriptions: answer('e2Subscriptions', [E2_SUBSCRIPTION]),
      controls: later('controls', { controls: [], conflicts: [] }),
      fault: () => this.fault,
    };
  }
}

/** That an answer is a problem of that kind, whole and about that path. */
export function problem(status: number, detail: string | RegExp): object {
  const words = typeof detail === 'string' ? detail : (expect.stringMatching(detail) as string);
  const whole: Record<keyof Problem, unknown> = {
    type: expect.stringMatching(/^(?:about:blank|urn:ricochet:problem:[a-z-]+)$/),
    title: expect.any(String),
    status,
    detail: words,
    instance: expect.stringMatching(/^\/[^?]*$/),
  };
  return { status, body: whole };
}
