import { type Bus, type Unsubscribe } from '@ricochet/bus';
import {
  xAppDataChange,
  xAppDataDelete,
  xAppDataGet,
  xAppDataKeys,
  xAppDataSet,
  xAppDataWatch,
  type DataChange,
} from '@ricochet/contracts';
import { messageOf, type Logger } from '@ricochet/platform';
import { type z } from 'zod';
import { type Cancel } from './simulation-clock.js';

const REQUEST_TIMEOUT_MS = 2_000;

/** A JSON value. */
export type Json = z.core.util.JSONType;

/** Keys and JSON values that outlive the xApp's process. All throw a BusError with the RIC's reason when it refuses. */
export interface SharedData {
  /** `undefined` when there is none. */
  get(key: string): Promise<Json | undefined>;
  set(key: string, value: Json): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<string[]>;
  /** Tells each value that there is, then each change. */
  watch(listener: (change: DataChange) => void): Promise<Cancel>;
  /** Data of another xApp, for who has the permission `sdl:<name>`. */
  namespace(xapp: string): SharedData;
}

interface Watch {
  readonly listeners: Set<(change: DataChange) => void>;
  /** What there is, for listeners to come. */
  readonly values: Map<string, DataChange>;
  /** Changes up to there have been told: the RIC begins anew when it was away. */
  revision: number;
}

export interface RicDataOptions {
  readonly bus: Bus;
  readonly name: string;
  readonly instance: string;
  readonly log: Logger;
}

/** Shared data as the RIC keeps it. */
export class RicData {
  private readonly watches = new Map<string, Watch>();
  private listening: Unsubscribe | undefined;

  constructor(private readonly options: RicDataOptions) {}

  namespace(namespace: string): SharedData {
    const { bus, name } = this.options;
    return {
      get: async (key) => {
        const { entry } = await bus.request(xAppDataGet(name), { namespace, key }, REQUEST_TIMEOUT_MS);
        return entry?.value;
      },
      set: async (key, value) => {
        await bus.request(xAppDataSet(name), { namespace, key, value }, REQUEST_TIMEOUT_MS);
      },
      delete: async (key) => {
        await bus.request(xAppDataDelete(name), { namespace, key }, REQUEST_TIMEOUT_MS);
      },
      keys: async () => (await bus.request(xAppDataKeys(name), { namespace }, REQUEST_TIMEOUT_MS)).keys,
      watch: (listener) => this.watch(namespace, listener),
      namespace: (other) => this.namespace(other),
    };
  }

  /** The RIC tells changes for a while alone: to be called every second. */
  renew(): void {
    for (const namespace of this.watches.keys()) {
      this.ask(namespace).catch((error: unknown) => {
        this.options.log.debug(`changes of ${namespace} are not told now: ${messageOf(error)}`);
      });
    }
  }

  private async watch(namespace: string, listener: (change: DataChange) => void): Promise<Cancel> {
    this.listening ??= this.listen();
    let watch = this.watches.get(namespace);
    if (watch === undefined) {
      watch = { listeners: new Set(), values: new Map(), revision: 0 };
      this.watches.set(namespace, watch);
    }
    const { listeners, values } = watch;
    for (const change of values.values()) listener(change);
    listeners.add(listener);
    const cancel = (): void => {
      listeners.delete(listener);
      if (listeners.size === 0) this.watches.delete(namespace);
    };
    try {
      await this.ask(namespace);
    } catch (error) {
      cancel();
      throw error;
    }
    return cancel;
  }

  private listen(): Unsubscribe {
    const { bus, name, instance } = this.options;
    bus.onConnection(() => {
      // A server that was replaced may count from the start.
      for (const watch of this.watches.values()) watch.revision = 0;
    });
    return bus.subscribe(xAppDataChange(name, instance), (change) => this.tell(change));
  }

  private async ask(namespace: string): Promise<void> {
    const { bus, name, instance } = this.options;
    await bus.request(xAppDataWatch(name), { namespace, instance }, REQUEST_TIMEOUT_MS);
  }

  private tell(change: DataChange): void {
    const watch = this.watches.get(change.namespace);
    if (watch === undefined || change.revision <= watch.revision) return;
    watch.revision = change.revision;
    if (change.value === undefined) watch.values.delete(change.key);
    else watch.values.set(change.key, change);
    for (const listener of [...watch.listeners]) listener(change);
  }
}
